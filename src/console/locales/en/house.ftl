# What staff answer with, and what an administrator looks after.

nav-answers = Answers
nav-canned = Canned replies
nav-labels = Labels
nav-templates = Message templates
nav-dialogs = Dialogs
nav-channels = Channels
nav-system = System

add = Add
change = Change
change-one = Change { $name }
remove = Remove
tone = Look
tone-plain = plain
tone-good = green
tone-warn = amber
tone-bad = red
tone-info = blue
in-arabic = In Arabic
in-english = In English
said-removed = Removed.
said-both-languages = Please write both languages. Nothing was changed.

labels-words = Labels sort conversations for staff. People never see them.
labels-none = There is no label yet.
labels-new = New label

canned-words = What is said again and again. People get it in the language they write.
canned-none = There is no canned reply yet.
canned-new = New reply
canned-title = Title, for staff
canned-service = For the service
canned-all = All services
canned-names = These stand for what they say:
canned-forms = Write two forms as {"{"}brother|sister{"}"}: the one that fits is chosen, both where it is not known.
canned-missing = Title and both languages are needed.
canned-unknown = There is no { $name } that could be filled in. Please use the names below.
canned-ask-remove = Remove this reply?
sample-name = Sarah
sample-service = Rent support

templates-words = With these a talk may be begun on WhatsApp when its free window is closed. They stand in the dialogs' files and are changed there.
templates-none = The charity has no templates.
template-unknown = approval not asked
template-parameters = { $n ->
    [0] Nothing is filled in.
    [one] One thing is filled in.
   *[other] { $n } things are filled in.
}

dialogs-words = What the bot says and asks. It is changed in its files and taken into use by wasl reload. Version
dialogs-picture = The whole charity in one picture
dialogs-all = All dialogs
dialog-form = form
dialog-picture = Picture of the dialog
dialog-picture-of = Picture of the dialog { $name }; its steps stand in the file below
dialog-picture-open = Open the picture alone
dialog-file = The file as it stands:
count-steps = { $n ->
    [one] 1 step
   *[other] { $n } steps
}
findings-title = What the check finds
findings-none = Nothing: every exit leads somewhere, every text is there in both languages.
finding-error = error
finding-warning = look
finding-note = note

channels-words = Ways in. They are set by the operator; secrets are never shown here.
channels-web = Web chat
channel-on = set up
channel-incomplete = not complete
channel-off = off
channel-missing = Missing
channel-webhook = Webhook address
channel-waiting = Waiting to be sent

system-waiting = Events waiting
system-rings = Timers due
system-failed = Failed events
system-failed-words = An event that broke its turn is kept here, and the person was handed over to staff. Try again once the cause is mended.
system-failed-none = No event has failed.
system-troubles = Channels that rest
system-troubles-words = Nothing leaves there for the reason given, and it is tried again by itself. What waits is not lost, and leaves in its order when the channel is back.
system-strange = Of no kind that we know
system-strange-words = Platforms brought these in a form that this version does not read. They are kept as they came for thirty days, and nothing followed from them. The command wasl channels strange shows their structure without what they say.
system-strange-latest = the latest { $when }
system-owed = Waiting to be sent
system-owed-none = Nothing waits.
system-oldest = the oldest due { $when }
system-sending = being sent
system-waits = waiting
system-retry = Try again
system-ask-drop = Drop this event for good?
system-versions = Versions and storage
system-migration = Tables up to
system-database = Database
system-files = Attachments
system-evidence = Evidence
said-retried = It was applied.
said-failed-again = It failed again, and stands here anew.
said-unreadable = This event cannot be read by this version.
canned-files = Files that go along
canned-file = Add a file
remove-one = Remove { $name }
channel-trouble = Nothing leaves since { $since }:
channel-look = Ask the platform now
template-approved = approved
template-pending = in review
template-refused = refused or paused
template-missing = not handed in
canned-pick = Choose files
