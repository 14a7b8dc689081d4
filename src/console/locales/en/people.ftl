# Accounts, roles, permissions and the audit.

nav-house = The house
nav-people = Staff
nav-permissions = Permissions
nav-audit = Audit trail

save = Save
cancel = Cancel
copy = Copy
copied = Copied
yes = yes
no = no
filter = Show
older = Older
everybody = Everybody
everything = Everything

role-administrator = Administrator
role-administrator-about = Staff, channels, calendar, audit; needs a second factor
role-officer = Relations officer
role-officer-about = Answers, takes over, matches data, teaches the FAQ
role-researcher = Social researcher
role-researcher-about = Unclear procedures and complex cases
role-committee = Committee member
role-committee-about = Reads complete files and decides
role-representative = Branch representative or receptionist
role-representative-about = Sees and answers the own branch only
role-quality = Quality officer
role-quality-about = Satisfaction and trends; never the raters' names

permission-conversations = See, search and open conversations
permission-answer = Take over, answer and give back
permission-assign = Give conversations to others
permission-reveal = See sensitive values, with a reason
permission-faq = Teach the FAQ
permission-canned = Write canned replies
permission-labels = Keep the labels
permission-dialogs = Read the dialogs
permission-templates = Read the message templates
permission-calendar = Change the calendar
permission-channels = See the channels
permission-staff = Invite, change and deactivate staff
permission-audit = Read the audit trail
permission-system = See queues, failed events and storage
permissions-words = What each role may do. It is enforced exactly as it stands here; a representative sees only the own branch.
permissions-what = May
permissions-apart = Roles that should not be together

apart-verify-vote = Who matches the data of a request should not vote on it in the committee.
apart-study-vote = Who studies a case should not vote on it in the committee.
apart-rated-decide = Who reads satisfaction results should not decide requests: ratings must have no effect on them.
apart-rated-rate = Who is rated should not be the one who reads the results.

people-new = Invite somebody
people-new-words = They get a link that is good once, for a week, and choose their own password.
people-title = Name, as colleagues know it
people-branch = Branch
people-branch-hint = Needed for representatives: they see this branch alone.
people-roles = Roles
people-table = What each role may do
people-invite = Make the invitation
people-link = A link
people-link-words = Please give this link to { $name } in person or by a message of your own. Whoever has it can choose the password.
people-link-once = It is shown this once, is good once and ends in a week. A new link makes it worthless.
people-link-on = Go on
people-gone = left
people-gone-words = This account is deactivated: nobody can sign in with it, and it holds no conversation.
people-invited = invited
people-link-old = invitation too old
people-facts = Account
people-created = Since
people-first = by the link of the first start
people-seen = Last seen
people-never = not yet
people-held = Speaks in
people-access = Access
people-link-invite = New invitation link
people-link-reset = Link for a new password
people-second-forget = Forget the second factor
people-ask-second = Forget this second factor? All their sessions end, and they set up a new one.
people-sessions-end = End all sessions
people-deactivate = Deactivate
people-ask-gone = Deactivate this account? Everything they hold goes back to the queue.
people-activate = Activate again
roles-missing = Please choose at least one role.
roles-last = This is the last administrator: somebody must remain one.
branch-missing = A representative needs a branch.
name-taken = Somebody has this account name already.

count-conversations = { $n ->
    [0] no conversation
    [one] 1 conversation
   *[other] { $n } conversations
}
count-sessions = { $n ->
    [0] none open
    [one] 1 open
   *[other] { $n } open
}

second-on = on
second-off = no second factor
second-why = A code from your phone protects your account even when somebody learns your password.
second-begin = Set it up
second-replace = Use another app
second-renew = New recovery codes
second-renew-go = Make new codes
second-codes = { $n ->
    [0] No recovery code is left. Please make new ones.
    [one] 1 recovery code is left.
   *[other] { $n } recovery codes are left.
}
password-change = Change password
sessions-title = Sessions
sessions-seen = last used { $when }
sessions-this = this one
sessions-end = End
sessions-end-one = End { $agent }
sessions-end-others = End all others

conflict-title = Conflict of interest
conflict-words = Whoever is declared here is never handled by this member of staff: oneself, relatives, people close to one. Only a keyed digest of the number is kept.
conflict-document = ID or Iqama number
conflict-relation = Who it is
conflict-declare = Declare
conflict-withdraw = Withdraw
conflict-withdraw-one = Withdraw { $relation }

audit-words = Everything that staff see, search, reveal, change, export and decide. Nobody can change it unnoticed: wasl verify proves it.
audit-who = Who
audit-act = What
audit-when = When
audit-from = From
audit-to = To
audit-subject = About
audit-detail = Detail
audit-sealed = sealed words
audit-none = Nothing of this kind is recorded.

act-saw = saw
act-searched = searched
act-revealed = revealed
act-changed = changed
act-exported = exported
act-decided = decided
act-refused = was refused
act-signed-in = signed in
act-signed-out = signed out
act-failed = failed to sign in

said-saved = Saved.
said-last = This is the last administrator: somebody must remain one.
said-deactivated = Deactivated. What they held is back in the queue.
said-activated = Activated. A new link lets them in.
said-second-forgotten = The second factor is forgotten, and all their sessions have ended.
said-session-ended = Ended.
said-password-changed = The password is changed, and your other sessions have ended.
said-password-wrong = The current password is not right. Nothing was changed.
said-password-differs = The two passwords differ. Nothing was changed.
said-password-unfit = The new password is too short or too easy to guess. Nothing was changed.
said-conflict-declared = Declared.
said-conflict-own = Nobody withdraws what stands against themselves; please ask another administrator.
said-conflict-unread = This is no ID or Iqama number. Nothing was changed.

# What was done, by its code in the audit.
did-password = password
did-other-sessions = other sessions ended
did-session = a session ended
did-sessions = all sessions ended
did-second = second factor set up
did-second-forgotten = second factor forgotten
did-codes = new recovery codes
did-first = became the first administrator
did-taken = took the invitation
did-invited = invited
did-account = name, roles or branch
did-link = new link
did-deactivated = deactivated
did-activated = activated again
did-conflict = conflict of interest declared
did-conflict-withdrawn = conflict of interest withdrawn
did-label = label
did-label-removed = label removed
did-canned = canned reply
did-canned-removed = canned reply removed
did-calendar = calendar
did-retried = failed event tried again
did-dropped = failed event dropped
did-code = code of the second factor
did-roles = roles
did-before = before
dealt-claimed = took over
dealt-replied = answered
dealt-returned = returned it to the assistant
dealt-closed = closed the conversation
dealt-transferred = handed it on
dealt-assigned = was offered
dealt-noted = wrote a note
dealt-labelled = changed labels
dealt-prioritised = changed the priority
dealt-snoozed = set it aside
dealt-alert = saw an alert
dealt-moved = moved the request
dealt-postponed = postponed the answer
did-canned-file = file of a canned reply
did-canned-file-removed = file of a canned reply removed
did-found = found
did-to = to
did-on = put on
did-until = until
did-priority = priority
did-reference = request
did-conversation = conversation
did-yes = yes
did-no = no
