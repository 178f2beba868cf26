# The words of both shells. en.ftl decides which messages there are and what they take; every other file must match it.
# { NUMBER($x) } and a selector take a number, { $x } takes text. What a procedure, a module or a survey says is content, not here.

## The app, and what many screens share
app-name = Frontline
nav-today = Today
nav-training = Training
nav-procedures = Procedures
nav-feedback = Feedback
nav-contacts = Contacts
nav-sync = Sync
nav-settings = Settings
action-back = Back
action-close = Close
action-cancel = Cancel
action-continue = Continue
action-done = Done
action-save = Save
action-start = Start
action-open = Open
action-retry = Try again
action-next = Next
action-previous = Previous
action-clear = Clear
action-delete = Delete
action-remove = Remove
action-edit = Edit
action-add = Add
action-more = More
action-undo = Undo
action-search = Search
action-filter = Filter
action-up = Move up
action-down = Move down
action-increase = More: { $label }
action-decrease = Less: { $label }
action-show = Show
action-hide = Hide
state-loading = Loading
state-empty = Nothing here
state-required = Required
state-optional = Optional
state-selected = Selected
state-saved = Saved on this phone
state-draft = Draft
state-new = New
label-note = Note
label-reason = Reason
label-who = Who
label-when = When
label-where = Where
label-version = Version { $version }
label-by = By { $name }
label-by-at = { $name }, { $time }
label-comma = ,
label-progress = { NUMBER($done) } of { NUMBER($total) }
label-percent = { NUMBER($value) } %
count-items = { $n ->
    [one] { $n } item
   *[other] { $n } items
}
count-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
count-photos = { $n ->
    [one] { $n } photo
   *[other] { $n } photos
}
count-results = { $n ->
    [0] Nothing found
    [one] { $n } found
   *[other] { $n } found
}
action-use = Take it
action-choose = Choose

## Banners
banner-offline = Offline
banner-offline-detail = Your work is kept on this phone and sent later.
banner-changed = Changed by { $name }
banner-changed-detail = Look at the new answer before you change it.
banner-locked = Locked
banner-locked-detail = Give your PIN to go on.
banner-error = Not done

## Errors: what happened, and what to do next
error-invalid = { $detail }. Correct it and try again.
error-not-found = Not on this phone. Sync, then open it again.
error-locked = Locked. Give your PIN to go on.
error-offline = No contact with the server. Your work is kept; try again in range.
error-unauthorised = You have no right to this. Ask your manager.
error-busy = Busy. Wait a moment and try again.
error-storage-full = This phone is full. Free some space, then try again.
error-storage-damaged = The storage was damaged and set aside. Nothing was deleted. Tell support where it is kept:
error-kept-at = Kept at { $path }
error-internal = Something went wrong. Try again; if it stays, give support this reference:
error-reference = Reference { $reference }
error-key-lost = This phone lost the key of its store. Ask your manager for a code; it opens again, with your work.
error-portal = This network wants a sign-in first. Sign in to it, or use another one; your work is kept.
error-untrusted = This is not the server that the phone trusts. Use another network; if it stays, ask your manager.
error-left = It is no longer on this phone. Get it once there is a network.

## Enrolment
enrol-title = Set up this phone
enrol-hint = Your manager gives you a code or a QR code.
enrol-server = Server address
enrol-code = Code
enrol-scan = Scan QR code
enrol-type = Type the code
enrol-go = Set up
enrol-working = Setting up
enrol-camera-denied = No camera access. Allow it in the phone's settings, or type the code.
enrol-code-wrong = This code is not known or was used. Ask for a new one.
enrol-first-sync = First sync
enrol-first-sync-detail = Stay in range until it is done. You can stop and go on later.
enrol-recover = Open the store again
enrol-qr = Text of the QR code

## Who is holding the phone
who-title = Who are you?
who-search = Search by name
who-none = Nobody may use this phone yet. Ask your manager.
who-switch = Switch person
who-lock = Lock
who-unlock = Unlock
pin-title = PIN of { $name }
pin-enter = PIN
pin-digit = Digit { $digit }
pin-delete = Delete digit
pin-typed = { $n ->
    [0] No digit typed
    [one] { $n } digit typed
   *[other] { $n } digits typed
}
pin-wrong = Wrong PIN. Try again.
pin-tries-left = { $n ->
    [one] { $n } try left
   *[other] { $n } tries left
}
pin-wait = Too many tries. Wait { $time }.
pin-locked-out = Locked out
pin-locked-out-detail = Ask a manager to unlock you, here or at the server.
pin-set = Set a PIN
pin-set-detail = Only you know it. It opens your work on this phone and signs for you.
pin-repeat = Repeat the PIN
pin-differs = Not the same. Type it again.
pin-weak = Too easy to guess. Choose another.
pin-forgotten = Forgot PIN
pin-manager = Unlock as manager
lease-ending = { $n ->
    [0] Sync today to keep this phone open
    [one] Sync within { $n } day to keep this phone open
   *[other] Sync within { $n } days to keep this phone open
}
lease-over = Sync to open this phone
lease-over-detail = It was out of contact for too long. What you captured is kept.
idle-locked = Locked after a pause
pin-old = Your PIN until now
pin-change = Change PIN
who-add = Add a person
who-leader = PIN of whoever unlocks
pin-wait-soon = Too many tries. Wait a while, then try again.
pin-new = New PIN

## Today
today-title = Today
today-empty = All done
today-empty-detail = Nothing is due. You can start a procedure or log a contact.
today-overdue = Overdue
today-due = Due
today-due-at = Due { $time }
today-overdue-since = Overdue since { $time }
today-begun = Begun
today-clash = Clash to settle
today-lapsed = Sign-off lapsed
today-given-back = Given back
today-given-back-why = Given back: { $reason }
today-to-right = To put right
today-refused = Refused by the server
today-pin-missing = Set your PIN
today-later = Later
today-announcement = Announcement
today-acknowledge = I have read this
today-acknowledged = Read

## Training
training-title = Training
training-empty = No training for you now
training-required = Required
training-mandatory-by = Required by { $date }
training-lessons = { $n ->
    [one] { $n } lesson
   *[other] { $n } lessons
}
training-not-begun = Not begun
training-in-progress = In progress
training-completed = Completed
training-passed = Passed
training-failed = Not passed
training-expired = Expired
training-locked = Opens after { $name }
training-lesson = Lesson { NUMBER($n) }
training-card = Card { NUMBER($n) } of { NUMBER($total) }
training-flip = Turn the card
training-front = Front
training-back = Back of the card
training-takeaways = Take away
training-complete = Complete lesson
training-missing = Not downloaded. Sync to get it.
quiz-title = Quiz
quiz-begin = Begin quiz
quiz-resume = Go on with quiz
quiz-question = Question { NUMBER($n) } of { NUMBER($total) }
quiz-pick-one = Pick one
quiz-pick-many = Pick all that apply
quiz-answer = Answer
quiz-right = Right
quiz-wrong = Wrong
quiz-solution = Right answer
quiz-explanation = Why
quiz-finish = Finish
quiz-result = Result
quiz-score = { NUMBER($score) } %
quiz-needed = Needed: { NUMBER($score) } %
quiz-attempts-left = { $n ->
    [0] No attempt left
    [one] { $n } attempt left
   *[other] { $n } attempts left
}
quiz-attempts-unlimited = As many attempts as you like
quiz-attempt = Attempt { NUMBER($n) }
quiz-again = New attempt
quiz-leave = Leave the quiz?
quiz-leave-detail = Your answers are kept. You go on at this question.
training-open-quiz = Quiz of this module
quiz-points = { NUMBER($points) } of { NUMBER($of) } points
quiz-partly = Partly right
quiz-read-first = Read the module, then take the quiz.

## Procedures and runs
procedures-title = Procedures
procedures-to-start = To start
procedures-runs = Runs
procedures-empty = No procedure for you here
runs-empty = No run
filter-all = All
filter-mine = Mine
filter-open = Open
filter-handed-in = Handed in
filter-signed = Signed off
filter-needs-action = Needs action
run-start = Start run
run-title = Run
run-open = Open
run-handed-in = Handed in
run-signed = Signed off
run-given-back = Given back
run-lapsed = Sign-off lapsed
run-voided = Voided
run-archived = Not on this phone
run-fetch = Get it
run-answered = { NUMBER($done) } of { NUMBER($total) } answered
run-required-left = { $n ->
    [0] Nothing required is missing
    [one] { $n } required item missing
   *[other] { $n } required items missing
}
run-next-missing = Next missing
run-next-missing-of = Next missing ({ NUMBER($n) })
run-handed-in-open = Answers can still be changed; the history keeps both.
run-with = With { $names }
run-together = Filled in together
run-section = Section
run-history = History
run-hand-in = Hand in
run-hand-in-detail = Others can sign it then. You can still take it back.
run-take-back = Take back
run-not-ready = Not ready to hand in
run-void = Void run
run-void-detail = It leaves the counts. Its answers stay in the history.
run-failed-items = { $n ->
    [0] Nothing failed
    [one] { $n } item failed
   *[other] { $n } items failed
}
run-signature-needed = Sign-off needed
run-wrong-items = { $n ->
    [one] { $n } answer is not allowed
   *[other] { $n } answers are not allowed
}
run-may-change = Answers can still be changed.
run-read-only = Answers can no longer be changed.
run-not-handed-in = Not handed in yet
run-no-right = You have no right to this here
run-changed-since = { $n ->
    [one] { $n } answer changed since
   *[other] { $n } answers changed since
}
run-points = { NUMBER($points) } of { NUMBER($of) } points
history-answered = Answered
history-settled = Clash settled
history-attached = Photo added
history-detached = Photo taken back
procedures-pick = Choose a procedure or a run
run-section-add = Add: { $label }
run-signers = Signatures
run-role-supervisor = Supervisor
run-role-manager = Manager
run-role-admin = Administrator
run-signed-by = Signed by { $name }, { $time }
run-sign-waited = Still to sign
run-sign-as = You sign as { $role }.
run-section-of-signer = For who signs
run-section-of = Answered by whoever signs as { $role }
run-kept = Answered while it applied
run-kept-detail = It counts for nothing now, and stays in the history.
run-not-live = Not taken at that moment
run-not-live-count = { $n ->
    [one] { $n } photo not taken at that moment
   *[other] { $n } photos not taken at that moment
}
run-measured = Read by an instrument
run-mock = An app made this place up
run-note-add = Add a note
run-note-needed = Note needed
run-note-remove = Take this note back
run-note-off = Take this note back? It stays in the history.
run-took = { $time } after the answer before
run-seconds = { NUMBER($seconds) } s
run-minutes = { NUMBER($minutes) } min
run-doubt-fast = Faster than somebody looks
run-doubt-clock = The phone's clock was set
run-doubts-detail = Shown to whoever looks at it. Nothing was refused for it.
runs-search = Search runs
run-asset = About { $name }
run-asset-title = Asset
run-asset-scan = Scan an asset
run-asset-type = What its label says
run-asset-unknown = No asset with this code here. Look at the label, or sync.
run-asset-start = Start about it
run-asset-runs = Runs about it
run-asset-runs-empty = No run about it yet
run-reference = How it should be
history-replaced = Replaced later

## What an item asks
item-answer = Answer
item-unanswered = Not answered
item-take-back = Take answer back
item-na = Does not apply
item-na-reason = Why does it not apply?
item-number = Number
item-range = { $min } to { $max }
item-out-of-range = Outside { $min } to { $max }
item-unit = in { $unit }
item-yes = Yes
item-no = No
item-pass = Pass
item-fail = Fail
item-choose-one = Choose one
item-choose-many = Choose any
item-other = Other
item-rating = Rating
item-stars = { $n ->
    [one] { $n } star
   *[other] { $n } stars
}
item-rank = Put in order
item-rank-at = Place { NUMBER($n) }: { $label }
item-match = Match
item-match-with = Match { $label } with
item-row-of = { $row }: { $choice }
item-blank = Blank { NUMBER($n) }
item-date = Date
item-month = Month
item-time = Time
item-day = Day
item-year = Year
item-hours = Hours
item-minutes = Minutes
item-seconds = Seconds
item-now = Now
item-today = Today
item-photo-take = Take photo
item-photo-pick = Choose photo
item-photo-remove = Remove photo
item-photo-nth = Photo { NUMBER($n) }
item-evidence = Evidence
item-evidence-needed = Photo needed
item-sign-here = Sign here
item-signed = Signature given
item-sign-type = Type your name instead
item-sketch = Draw
item-sketched = Sketch drawn
item-strokes = { $n ->
    [0] Empty
    [one] { $n } line
   *[other] { $n } lines
}
item-scan = Scan
item-scan-type = Type the code
item-barcode = Code
item-place-take = Use this place
item-place-found = Place found, within { NUMBER($metres) } m
item-place-none = Place not found. Go outdoors or allow location, then try again.
item-person = Person
item-site = Site
item-lookup = Search the list
item-acknowledge = I have read and understood
item-nps-low = Not at all likely
item-nps-high = Very likely
item-ces-low = Very hard
item-ces-high = Very easy
item-calculated = Calculated
item-calculated-missing = Needs more answers
item-question-mark = Not understood by this version. Update the app.
face-1 = Very bad
face-2 = Bad
face-3 = Fair
face-4 = Good
face-5 = Very good
face4-1 = Bad
face4-2 = Poor
face4-3 = Good
face4-4 = Great
timer-face = { NUMBER($minutes) } min { NUMBER($seconds) } s
item-offered = Suggested: { $value }
item-spot = Place in the picture
item-across = Across, in thousandths
item-downwards = Down, in thousandths
item-not-yet = This phone cannot record this yet. Leave it, or say why it does not apply.
item-photo-off = Remove this photo from the answer? It stays in the history.
item-to-come = The list comes with the next sync.
item-out-of-band = Outside its target
item-outside-target = Outside its target: { $min } to { $max }

## What the rules ask for
rule-actions = To put right
rule-action-needed = Say what was done
rule-action-by = Put right by { $date }
rule-action-done = Put right
rule-notice = Notice
rule-told = { $name } is told

## Corrective actions: what is to be put right, by whom, until when
actions-title = Actions
actions-one = Action
actions-new = New action
actions-from-answer = Open an action
actions-take-up = Take it up
actions-submit = Open action
actions-empty = Nothing to put right
actions-empty-detail = Open an action here, or beside an answer that is not as it should be.
actions-search = Search by title, person or place
actions-filter-open = Open
actions-filter-mine = Mine
actions-filter-overdue = Overdue
actions-filter-done = Done
actions-filter-all = All
actions-status = Status
actions-status-open = Not begun
actions-status-in-progress = In work
actions-status-done = Done
actions-status-rejected = Not accepted
actions-status-cannot-do = Cannot be done
actions-status-verified = Verified
actions-go-open = Leave it to others
actions-go-in-progress = Work on it
actions-go-done = It is done
actions-go-rejected = Do not accept
actions-go-cannot-do = It cannot be done
actions-go-verified = Verify
actions-why-rejected = What is still not right?
actions-why-cannot-do = Why can it not be done?
actions-to-review = One who leads looks at it now
actions-priority = Priority
actions-priority-low = Low
actions-priority-normal = Normal
actions-priority-high = High
actions-priority-urgent = Urgent
actions-owner = Who does it
actions-owner-none = Nobody yet
actions-owner-me = Yours
actions-owner-pick = Choose who does it
actions-due = Until when
actions-due-none = No due time
actions-due-hours = { $n ->
    [one] In { $n } hour
   *[other] In { $n } hours
}
actions-due-days = { $n ->
    [one] In { $n } day
   *[other] In { $n } days
}
actions-due-other = Another time
actions-due-wrong = There is no such day or time.
actions-name = What is to be done
actions-overdue-supervisor = Overdue: has come to the supervisor
actions-overdue-manager = Long overdue: has come to the manager
actions-from = Where it comes from
actions-from-show = Show the answer
actions-again = It was there before
actions-again-at = Opened { $time }
actions-opened-by = Opened by { $name }, { $time }
actions-comments = Comments
actions-comment = Say something about it
actions-comment-send = Send
actions-count-comments = { $n ->
    [one] { $n } comment
   *[other] { $n } comments
}
actions-history = History
actions-told-opened = Opened
actions-told-title = Title: { $text }
actions-told-priority = Priority: { $name }
actions-told-owner = Given to { $name }
actions-told-owner-none = Given to nobody
actions-told-due = Until { $time }
actions-told-due-none = Without a due time
actions-told-status = { $to }, before: { $from }
actions-clash = Two people set this differently
actions-clash-detail = Neither had seen the other's. Keep one of them; both stay in the history.
actions-clash-keep = Keep this
actions-change = Change: { $label }

## A clash: two people, two answers
clash-title = Two answers
clash-detail = Both are kept. Pick the right one, or ask.
clash-pick = Use this one
clash-ask = Ask { $name }
clash-settled = Settled by { $name }
clash-count = { $n ->
    [one] { $n } clash
   *[other] { $n } clashes
}

## Sign-off
sign-title = Sign-off
sign-detail = You sign for the answers as they are now.
sign-pin = Your PIN
sign-go = Sign off
sign-by = Signed by { $name }, { $time }
sign-lapsed-detail = An answer changed after it was signed. Look and sign again.
sign-not-yours = Somebody else must sign this
sign-not-needed = No sign-off needed
sign-give-back = Give back
sign-give-back-why = What must be put right?

## Feedback
feedback-title = Feedback
feedback-touchpoint = Touchpoint
feedback-pick-touchpoint = Where are you?
feedback-why = What was the reason?
feedback-comment = Comment
feedback-send = Send
feedback-thanks = Thank you
feedback-thanks-detail = Your answer helps us get better.
feedback-empty = No answer captured yet
feedback-kiosk = Kiosk
feedback-kiosk-start = Start kiosk
feedback-kiosk-end = End kiosk
feedback-kiosk-detail = The phone stays on this question. Ending it asks for your PIN.
feedback-low = Low score
feedback-call-back = Asks to be called
feedback-count = { $n ->
    [0] No answer today
    [one] { $n } answer today
   *[other] { $n } answers today
}
feedback-by = By { $name }, { $time }
feedback-score = Score { NUMBER($score) } of 5
feedback-none-here = No touchpoint here

## Contacts: the log of customer interactions
contacts-title = Contacts
contacts-empty = No contact logged yet
contacts-new = New contact
contacts-search = Phone or email
contact-title = Contact
contact-open = Open contact
contact-running = Running
contact-paused = Paused
contact-pause = Pause
contact-resume = Resume
contact-close = Close contact
contact-closed = Closed
contact-reason = Contact reason
contact-outcome = Outcome
contact-channel = Channel
contact-customer = Customer
contact-name = Name
contact-phone = Phone
contact-email = Email
contact-earlier = Earlier contacts
contact-unknown = Customer not known
contact-void = Void contact
contact-void-detail = It leaves the counts. This cannot be undone.
contact-voided = Voided
contact-handling = Handling time
contact-follow-up = Follow-up { $date }
contact-forgotten = Customer forgotten
contacts-running-count = { $n ->
    [one] { $n } running contact
   *[other] { $n } running contacts
}
contact-closed-customer = Customer cannot be read here
contact-save-customer = Keep customer
contact-phone-hint = With the country's code, such as +44

## Sync centre
sync-title = Sync
sync-now = Sync now
sync-cancel = Stop
sync-running = Syncing
sync-last = Last contact { $time }
sync-never = No contact yet
sync-all-sent = Everything is sent
sync-unsent = { $n ->
    [0] Nothing waits to be sent
    [one] { $n } entry waits to be sent
   *[other] { $n } entries wait to be sent
}
sync-photos-waiting = { $n ->
    [0] No photo waits
    [one] { $n } photo waits
   *[other] { $n } photos wait
}
sync-photos-metered = Photos wait for a free network
sync-photos-send = Send photos now
sync-captured = Captured
sync-held = Held
sync-stored = Stored
sync-refused = Refused
sync-replaced = Replaced
sync-captured-detail = On this phone, not sent yet
sync-held-detail = At the server, waits for what it builds on
sync-stored-detail = At the server
sync-refused-detail = Refused: { $reason }
sync-replaced-detail = A later entry took its place
sync-blocked = Sync is blocked
sync-blocked-metered = The network is paid for. Connect to Wi-Fi, or send all the same.
sync-blocked-revoked = The server no longer takes this phone. Export your work and ask your manager.
sync-blocked-old-app = The app is too old. Update it; your work is kept.
sync-blocked-clock = The phone's clock is wrong. Set it, then sync.
sync-blocked-lease = Whoever works here must give a PIN first.
sync-blocked-later = The server asks to wait until { $time }.
sync-export = Export unsent work
sync-export-detail = A sealed file that only the server can open. Hand it to your manager.
sync-exported = Exported: { $file }
sync-hand-on = Hand it on
sync-progress = { NUMBER($done) } of { NUMBER($total) } sent
sync-what-training = Training
sync-what-run = Procedure
sync-what-phone = About this phone
sync-set-aside = A damaged store was set aside. Nothing was deleted.

## Settings
settings-title = Settings
settings-language = Language
settings-language-phone = As the phone
settings-text-size = Text size
settings-text-size-detail = Set it in the phone's settings. The app follows up to 200 %.
settings-theme = Appearance
settings-theme-phone = As the phone
settings-theme-light = Light
settings-theme-dark = Dark
settings-storage = Storage
settings-storage-free = { $free } GB free
settings-storage-used = { $used } used, { $free } free
settings-storage-kept = { $n ->
    [one] Kept for { $n } day
   *[other] Kept for { $n } days
}
settings-phone = This phone
settings-phone-id = Number of this phone
settings-site = Site
settings-about = About
settings-licences = Licences
settings-sign-out = Sign out
settings-sign-out-detail = Your work stays on this phone, sealed, and is sent by whoever syncs next.
settings-reset = Reset this phone
settings-reset-detail = Everything on this phone is deleted. What was sent stays at the server.
settings-reset-lost = { $n ->
    [0] Nothing would be lost: everything is sent.
    [one] { $n } entry is not sent and would be lost.
   *[other] { $n } entries are not sent and would be lost.
}
settings-reset-export-first = Export first
settings-reset-go = Delete everything
settings-sign-out-drafts = { $n ->
    [one] { $n } draft would be lost.
   *[other] { $n } drafts would be lost.
}
settings-reset-damaged = { $n ->
    [one] { $n } photo is damaged here and in no file. It would be lost.
   *[other] { $n } photos are damaged here and in no file. They would be lost.
}
settings-reset-photos = Photos that no file carries would be lost too.

## What the phone says outside the app
notice-channel = Sync
notice-syncing = Sending your work
notice-due-channel = Due work
notice-due = { $n ->
    [one] { $n } thing is due
   *[other] { $n } things are due
}

## Actions: one tap beside who does it
actions-owner-take = Give it to me

## A voice note: recorded, listened to, kept or dropped
voice-note = Voice note
voice-record = Record
voice-running = Recording
voice-stop = Stop
voice-nth = Recording { NUMBER($n) }
voice-play = Listen
voice-keep = Keep
voice-drop = Drop
voice-drop-detail = Drop this recording? It is nowhere else.
voice-remove = Remove recording
voice-off = Remove this recording from the answer? It stays in the history.
voice-refused = The microphone is not allowed. Allow it in the settings of this phone, then try again.
voice-failed = The microphone did not work. Close other apps that use it, then try again.
voice-cut = The recording was interrupted. What was said until then is kept.
voice-full = A recording takes ten minutes at most. What was said until then is kept.
voice-unplayed = This recording cannot be played here.

## Pictures, videos and recordings that are looked at
media-away = Not on this phone yet
media-get = Get it
media-get-size = Get it, { $size }
media-megabytes = { $size } MB
media-enlarge = Enlarge
media-larger = Larger
media-smaller = Smaller
media-video = Video
media-video-play = Play video
media-broken = This cannot be shown here.

## A run whose version was withdrawn
run-withdrawn = Withdrawn
run-withdrawn-by = Withdrawn by { $name }, { $time }
run-withdrawn-detail = Nothing more is answered here. What was captured is kept.
run-begin-anew = Begin anew
run-after-withdrawal = Handed in after it was withdrawn

## Actions on the first screen, and their photos
today-actions-late = { $n ->
    [one] { $n } late
   *[other] { $n } late
}
today-actions-differ = { $n ->
    [one] { $n } set differently by people
   *[other] { $n } set differently by people
}
today-actions-review = { $n ->
    [one] { $n } to look at
   *[other] { $n } to look at
}
today-actions-more = All actions
rule-taken-up = Taken up as an action
actions-photo-drop = Drop this photo? It is nowhere else.
