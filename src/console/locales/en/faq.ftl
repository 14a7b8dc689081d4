# The desk at which staff teach the FAQ.

nav-faq = FAQ
faq-desk = Unanswered
faq-entries = Entries
faq-entries-none = The charity has no FAQ yet.
faq-words = What people asked and the FAQ did not surely know. What you confirm counts at once and everywhere, also in other words.
faq-none = Nothing waits: every question found its answer.
faq-open = { $n ->
    [one] 1 question waits.
   *[other] { $n } questions wait.
}
faq-group = { $n ->
    [one] Asked once
   *[other] Asked { $n } times
}
faq-more = and { $n } more like these
faq-means = It asks: { $entry }
faq-reject = Nothing of ours
faq-other = It asks something else
faq-entry = Entry
faq-confirm = Confirm
faq-asked = How people ask it
faq-confirmed = confirmed by staff
faq-source = Source:
faq-misconception = misconception
faq-helped = helped { $n }
faq-not-helped = did not help { $n }
count-phrasings = { $n ->
    [one] 1 phrasing
   *[other] { $n } phrasings
}
count-answers = { $n ->
    [0] not answered yet
    [one] answered once
   *[other] answered { $n } times
}
said-learned = Learned. It counts everywhere within two seconds.
said-rejected = Taken from the desk.
said-settled-before = A colleague has settled these already.
said-no-entry = Please choose an entry. Nothing was changed.
faq-new = New entry
faq-name = Short name, for files and reports
faq-name-hint = Small Latin letters, digits and _, such as opening_hours.
faq-name-taken = There is an entry of this name already.
faq-title-ar = Title in Arabic, as it stands among guesses
faq-title-en = Title in English
faq-answer-ar = Answer in Arabic
faq-answer-en = Answer in English
faq-asked-hint = A line each, in any language and spelling; ten are good.
faq-misconception-about = Many believe otherwise: the answer sets it right.
faq-wrong = This cannot be taken into use:
faq-written = written
faq-retired = out of use
faq-retired-words = This entry is out of use. What the files say can count again.
faq-from-files = It stands as the files say.
faq-retire = Take out of use
faq-ask-retire = Take this entry out of use?
said-faq-written = Saved. It counts everywhere within two seconds.
