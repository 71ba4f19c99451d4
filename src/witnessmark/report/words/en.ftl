# The words of the report. Every other catalogue translates this one, message by message.
# $n is a number; texts of the app are never part of a message.
-reviewed = yes
language = English

tagline = What an app shows, with the bytes that show it
title-page = { $app }: what it shows
skip = Skip to the findings
unnamed-app = An app without a name
package = Package
version = version
not-stated = not stated
signed-by = Signed by
no-signer = No signer could be read.
nameless-certificate = a certificate without a name
certificate = certificate
file = File
file-size = { $n ->
    [one] { $n } byte
   *[other] { $n } bytes
}
more-files = { $n ->
    [one] { $n } more file
   *[other] { $n } more files
}
summary = Summary
what-it-shows = What it shows
what-we-could-not-see = What we could not see
unreviewed = The words of this page in this language were made by a machine and reviewed by nobody. What is not translated stands in English. The bytes quoted are the same in every language.
masked = Names, numbers, addresses, samples of lists and keys are masked in this copy (policy “{ $policy }”). A mask such as [7f3a…] is a salted hash: who holds the salt and the value can prove that they belong together.

chapter-asks = Asks
chapter-takes = Takes
chapter-keeps = Keeps
chapter-marks = Marks
chapter-sends = Sends
chapter-embeds = Embeds
chapter-hides = Hides
chapter-orders = Orders
question-asks = What does it ask people, or ask its operator to enter about them?
question-takes = What does it read from the device and its surroundings?
question-keeps = Which records does it build and store?
question-marks = Whom or what does it sort, flag, compare, score?
question-sends = What leaves, to whom, in which form, protected how?
question-embeds = Whose code and secrets are inside, who built it?
question-hides = What resists reading; what traces does it leave or erase?
question-orders = What does it make its operator or the phone do?
answer-asks = It shows { $what }
answer-takes = It contains { $what }
answer-keeps = It can build { $what }
answer-marks = It contains { $what }
answer-sends = It contains { $what }
answer-embeds = It contains { $what }
answer-hides = It contains { $what }
answer-orders = It contains { $what }
answer-whole = { $answer }.
answer-people = { $answer }; they concern { $people }.
answer-nothing = Nothing was found in what could be read.
people-more = { $n ->
    [one] { $n } more kind of facts
   *[other] { $n } more kinds of facts
}
of-them = { $n ->
    [one] { $n } of them
   *[other] { $n } of them
}
unencrypted = { $n ->
    [one] { $n } without encryption
   *[other] { $n } without encryption
}

kind-asks-screen = { $n ->
    [one] { $n } screen
   *[other] { $n } screens
}
kind-asks-field = { $n ->
    [one] { $n } field to fill in
   *[other] { $n } fields to fill in
}
kind-asks-choice_list = { $n ->
    [one] { $n } list of choices
   *[other] { $n } lists of choices
}
kind-asks-notice = { $n ->
    [one] { $n } kind of notice to people
   *[other] { $n } kinds of notice to people
}
kind-takes-device_data = { $n ->
    [one] { $n } reading of device data
   *[other] { $n } readings of device data
}
kind-takes-permission = { $n ->
    [one] { $n } permission
   *[other] { $n } permissions
}
kind-takes-account_scan = { $n ->
    [one] { $n } search for accounts
   *[other] { $n } searches for accounts
}
kind-takes-file_scan = { $n ->
    [one] { $n } search through files
   *[other] { $n } searches through files
}
kind-keeps-table = { $n ->
    [one] { $n } database table
   *[other] { $n } database tables
}
kind-keeps-record = { $n ->
    [one] { $n } record format
   *[other] { $n } record formats
}
kind-keeps-file = { $n ->
    [one] { $n } file
   *[other] { $n } files
}
kind-keeps-preference = { $n ->
    [one] { $n } stored setting
   *[other] { $n } stored settings
}
kind-keeps-provider = { $n ->
    [one] { $n } provider
   *[other] { $n } providers
}
kind-keeps-pattern = { $n ->
    [one] { $n } pattern across records
   *[other] { $n } patterns across records
}
kind-marks-code_book = { $n ->
    [one] { $n } code book
   *[other] { $n } code books
}
kind-marks-watch_list = { $n ->
    [one] { $n } list of people or things
   *[other] { $n } lists of people or things
}
kind-marks-comparison = { $n ->
    [one] { $n } comparison
   *[other] { $n } comparisons
}
kind-marks-rule = { $n ->
    [one] { $n } rule
   *[other] { $n } rules
}
kind-sends-endpoint = { $n ->
    [one] { $n } network address
   *[other] { $n } network addresses
}
kind-sends-request = { $n ->
    [one] { $n } request
   *[other] { $n } requests
}
kind-sends-flow = { $n ->
    [one] { $n } flow of data
   *[other] { $n } flows of data
}
kind-sends-message = { $n ->
    [one] { $n } message format
   *[other] { $n } message formats
}
kind-embeds-sdk = { $n ->
    [one] { $n } library of others
   *[other] { $n } libraries of others
}
kind-embeds-native = { $n ->
    [one] { $n } native library
   *[other] { $n } native libraries
}
kind-embeds-secret = { $n ->
    [one] { $n } secret
   *[other] { $n } secrets
}
kind-embeds-attribution = { $n ->
    [one] { $n } trace of its makers
   *[other] { $n } traces of its makers
}
kind-hides-packer = { $n ->
    [one] { $n } place where code or texts are concealed
   *[other] { $n } places where code or texts are concealed
}
kind-hides-dynamic_code = { $n ->
    [one] { $n } place that loads further code
   *[other] { $n } places that load further code
}
kind-hides-reflection = { $n ->
    [one] { $n } call by hidden name
   *[other] { $n } calls by hidden name
}
kind-hides-trace = { $n ->
    [one] { $n } trace left behind
   *[other] { $n } traces left behind
}
kind-hides-erasure = { $n ->
    [one] { $n } deletion
   *[other] { $n } deletions
}
kind-hides-weakness = { $n ->
    [one] { $n } weakness
   *[other] { $n } weaknesses
}
kind-orders-task = { $n ->
    [one] { $n } task
   *[other] { $n } tasks
}
kind-orders-state = { $n ->
    [one] { $n } set of states
   *[other] { $n } sets of states
}
kind-orders-command = { $n ->
    [one] { $n } command
   *[other] { $n } commands
}
kind-orders-trigger = { $n ->
    [one] { $n } trigger
   *[other] { $n } triggers
}
kind-orders-restriction = { $n ->
    [one] { $n } restriction
   *[other] { $n } restrictions
}
heading-asks-screen = Screens
heading-asks-field = Fields to fill in
heading-asks-choice_list = Lists of choices
heading-asks-notice = Notices to people
heading-takes-device_data = Readings of device data
heading-takes-permission = Permissions
heading-takes-account_scan = Searches for accounts
heading-takes-file_scan = Searches through files
heading-keeps-table = Database tables
heading-keeps-record = Record formats
heading-keeps-file = Files
heading-keeps-preference = Stored settings
heading-keeps-provider = Providers of data
heading-keeps-pattern = Who, where, when
heading-marks-code_book = Code books
heading-marks-watch_list = Lists of people or things
heading-marks-comparison = Comparisons
heading-marks-rule = Rules
heading-sends-endpoint = Network addresses
heading-sends-request = Requests
heading-sends-flow = Flows of data
heading-sends-message = Message formats
heading-embeds-sdk = Libraries of others
heading-embeds-native = Native libraries
heading-embeds-secret = Secrets
heading-embeds-attribution = Traces of its makers
heading-hides-packer = Concealed code and texts
heading-hides-dynamic_code = Places that load further code
heading-hides-reflection = Calls by hidden name
heading-hides-trace = Traces left behind
heading-hides-erasure = Deletions
heading-hides-weakness = Weaknesses
heading-orders-task = Tasks
heading-orders-state = States
heading-orders-command = Commands
heading-orders-trigger = Triggers
heading-orders-restriction = Restrictions

reach-reached = reached
reach-unreached = not reached
reach-unknown = reach unknown
tally-reached = { $n ->
    [one] { $n } reached by running code
   *[other] { $n } reached by running code
}
tally-unreached = { $n ->
    [one] { $n } not reached
   *[other] { $n } not reached
}
tally-unknown = { $n ->
    [one] { $n } of unknown reach
   *[other] { $n } of unknown reach
}
reach-reached-says = Running code can come here, along this path:
reach-unreached-says = No path from any known entry point leads here. It may be dead code, or started by means that could not be read.
reach-unknown-says = It is not known whether running code comes here.
strength-read = read
strength-derived = derived
strength-indicated = indicated
strength-read-says = Read directly from the bytes quoted below.
strength-derived-says = Derived: it follows from the bytes quoted below by reasoning about the code.
strength-indicated-says = Only indicated: the bytes quoted below hint at it and do not prove it.
about-operator = the operator
about-user = the user
about-third_person = other people
about-unknown = not known whose
about-operator-says = The person who operates the app.
about-user-says = The person whose phone it runs on.
about-third_person-says = Other people, who neither operate the app nor carry the phone.
about-unknown-says = It is not known whose data it is.

special-tally = { $n ->
    [one] { $n } on special categories
   *[other] { $n } on special categories
}
special-category = special category
special-one-of = At least one of these is a special category (GDPR art. 9, LED art. 10).
gaps-tally = { $n ->
    [one] { $n } gap
   *[other] { $n } gaps
}
places = { $n ->
    [one] { $n } place
   *[other] { $n } places
}
reasons = { $n ->
    [one] { $n } reason
   *[other] { $n } reasons
}
more-reasons = { $n ->
    [one] { $n } more reason
   *[other] { $n } more reasons
}
findings = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
findings-shown = { $shown } of { $total } findings
more = { $n ->
    [one] { $n } more
   *[other] { $n } more
}
may-hide = may hide { $what }
anything = anything
nothing-known = nothing known
read-of = { $read } of { $present } { $unit } read
not-read = { $n ->
    [one] { $n } not read
   *[other] { $n } not read
}
read-whole = Read whole
no-coverage = No coverage was recorded: nothing can be said about what was not read.
places-not-seen = { $n ->
    [one] { $n } place could not be looked into
   *[other] { $n } places could not be looked into
}
may-change = What stands there may change the answers beside this.
no-gap-met = No gap was met. That everything was read does not mean that everything was understood.
can-not-did = A finding shows what an app can do, not that anyone did it. Each rests on bytes of the file, quoted with their place; “witnessmark verify” or common tools find them again.
more-may-be-hidden = More may be hidden here:
not-all-read = Not everything was read.
no-gap-known = No gap is known that would hide an answer to this question. This is what was read:

contents = Contents
gaps = Gaps
coverage = Coverage
legal-readings = Legal readings
how-to-read = How to read and check this
search-off = Search and filters need JavaScript, which is switched off here. All else works without it: every finding unfolds, and prints unfolded.
search-and-filter = Search and filter findings
search-label = Search all findings and their evidence
search-placeholder = Search findings and evidence
filter = Filter
filter-chapter = Chapter
filter-reach = Reach
filter-strength = Strength
filter-about = About
any = any
special-only = Special categories only
show-all = Show all
unfold = Unfold these
fold = Fold
print = Print these

own-words = In its own words
particulars = In particular
personal-data = Personal data
about-whom = About whom
how-sure = How sure
reach = Reach
not-shown = What this does not show
evidence = Evidence
yes = yes
no = no
not-known = not known
language-unknown = language not known
gloss-from = gloss: { $origin }
at-byte = byte { $n }
check-this = Check this yourself
check-in = In { $file }, SHA-256 { $sha256 }; quoted as { $spelling }.
the-file = the file
reads-as-hex = bytes in hexadecimal
reads-as-utf-8 = text, UTF-8
reads-as-mutf-8 = text, modified UTF-8
reads-as-utf-16le = text, UTF-16 little-endian
reads-as-gb18030 = text, GB 18030
reads-as-latin-1 = text, Latin-1
reads-as-sha256 = SHA-256 of the bytes

gaps-question = Where could nobody look?
gaps-answer = { $places }, for { $reasons }.
gaps-none = No gap was met.
coverage-question = What was read, and what was not?
member = Member
kind = Kind
present = Present
read = Read
unread = Not read
unit = Unit
why-not = Why not
law-question = What does the law say to that?
law-answer = Readings argued from the findings above. None is a verdict, none a score.
law-none = No legal reading was made of these findings.
law-touched = { $touched } of { $n } provisions touched
law-supported = supported by the findings
law-contradicted = contradicted by the findings
law-unknown = left open by the findings
law-claims = What the app's own texts claim
bears-on = { $n ->
    [one] { $n } finding bears on it
   *[other] { $n } findings bear on it
}
settles = What would settle it
source = Source
method = Method
method-act-head = A finding is not an act.
method-act = It says what the bytes of the app show. Whether anyone used it, on whom, and how often, is for other evidence.
method-reach-head = Reach and strength.
method-reach = Reach tells whether running code can come to what was found. Code that nothing reaches may be dead; or its caller could not be read. Strength tells whether a sentence was read from bytes, derived from them, or is merely indicated.
method-special-head = Special categories
method-special = are those that data protection law guards most: ethnic origin, political opinion, belief, union membership, genes, biometrics, health, sex life (GDPR art. 9, LED art. 10).
method-nothing-head = Nothing found
method-nothing = means: not found in what was read. The gaps and the coverage above say what was not.
method-check-head = To check a quotation
method-check = take the file whose SHA-256 stands at the top, open “{ check-this }” below the quotation and run its lines, or let “witnessmark verify” re-read all of them. Signs that nobody sees, such as those that reverse the direction of text, are shown as
method-keys-head = Keys.
method-keys = / goes to the search, the arrows ↓ and ↑ walk through the findings, Enter unfolds one, Esc clears the search. The address of this page then names the finding, so that it can be passed on. Printing unfolds what is shown; filter first to print less.
footer = This page shows findings.json, format { $format }, SHA-256 { $sha256 }. It loads nothing and sends nothing.

picture-flows = Who gives, through what, to whom
picture-flows-says = Each line is a value that was followed: through the code, or into a request. Its width grows with the number of such paths.
picture-sides-says = No path of data was followed from the left to the right, so nothing joins the sides: on the left what the app asks for or reads, on the right the addresses in its own code.
picture-gives = What is given
picture-through = Through
picture-gets = Who gets it
picture-records = Records and their links
picture-records-says = Tables and records of the app's own code. A line joins those that share the name of a field; it does not prove that their contents are joined.
picture-books = Code books
picture-books-says = Coded values and their labels, as they stand in the app.
picture-triggers = When it acts
picture-triggers-says = Each mark is a trigger; those with a constant interval stand on the axis of time.
picture-states = What states it knows
picture-states-says = Boxes are codes of a state with the word that the app shows for it. An arrow is a place where code sets the next state, or a step whose word says so.
picture-screens = Screens, drawn from their layouts
picture-screens-says = Drawn from the layout alone, not from a running app. Numbers are those of the fields.
picture-way = The way of the data
picture-way-says = From where the data comes in, along each move that was read in the code, to where it leaves. Grey names are the methods in which it moves.
on-event = on an event
by-time = by time
every-second = 1 s
every-minute = 1 min
every-hour = 1 h
every-day = 1 day
every-week = 1 week
on-this-device = on this device

coverage-code = program code
coverage-code-smali = program code as smali text
coverage-code-java = program code as Java text
coverage-code-reached = reach of the program code
share-reached = running code comes to { $read } of { $present } methods
coverage-texts-computed = texts that code puts together
share-computed = { $read } of { $present } known in full
coverage-data = data files
coverage-looks = pictures, sound, film, fonts, colours, movements
coverage-media = pictures, sound, film and fonts
coverage-native = native libraries
coverage-library = native libraries
coverage-resources = words and values of the app
coverage-signature = signatures
coverage-web = web pages and scripts
coverage-archive = archives inside the app
coverage-database = databases inside the app
coverage-document = documents
coverage-engine = files of a game or app engine
coverage-model = models of machine learning
coverage-script = scripts
coverage-text = plain texts
coverage-unknown = files of unknown kind
coverage-empty = empty files
coverage-xml-layout = layouts of screens
coverage-xml-manifest = manifest
coverage-xml-menu = menus
coverage-xml-xml = settings and other forms
coverage-xml-navigation = plans of navigation
coverage-xml-drawable = drawn pictures
coverage-xml-anim = movements of the screen
coverage-xml-animator = movements of the screen
coverage-xml-interpolator = movements of the screen
coverage-xml-transition = movements of the screen
coverage-xml-mipmap = icons
coverage-xml-color = colours
coverage-xml-font = fonts
unit-bytes = bytes
unit-files = files
unit-methods = methods
unit-values = values
unit-strings = strings
list-last = { $rest } and { $last }
list-next = { $rest }, { $last }

sketch-number = No.
sketch-field = Field
sketch-english = In English
sketch-goes-to = The answer goes to
kind-hides-evasion = { $n ->
    [one] { $n } check of its surroundings
   *[other] { $n } checks of its surroundings
}
kind-hides-presence = { $n ->
    [one] { $n } way to stay unseen
   *[other] { $n } ways to stay unseen
}
heading-hides-evasion = Checks of its surroundings
heading-hides-presence = Ways to stay unseen
law-legend = Each dot is one question: filled, findings support it; struck through, they contradict it; hollow, it is open.
law-which = What was held against the findings
set-at-run-time = set while it runs
notices = Words that law asks for
notices-says = Looked for among the app's texts, screens, code and web pages, in ten languages. What is told elsewhere, on paper or by a server, is not seen.
notice-notice = notice of what is done with data
notice-consent = a request for consent
notice-purpose = a purpose
notice-retention = how long data is kept
notice-rights = rights over data
notice-none = not found in { $what }
texts = texts of the app
place-in = { $member }, bytes { $first } to { $end }
sheet-about = About this workbook
column-about = About
column-content = Content
column-app = App
column-masked = Masked
column-finding = Finding
column-says = What it says
column-gloss = English gloss
column-quote = First quotation stands in
column-notes = Notes
column-where = Where
column-hides = May hide
column-instrument = Instrument
column-article = Article
column-question = Question
column-reading = Reading
column-findings = Findings
column-status = Status of the entry
compare-title = { $app }: what changed
compare-head = What changed in { $app }
compare-lead = From version { $before } to { $after }: { $n ->
    [one] { $n } difference.
   *[other] { $n } differences.
}
compare-left-out = What both versions do alike is left out, and so is what a mere rebuild changes: names of classes, and how often something stands in the code. Where a version could not be read in part, what is missing there may show as new or gone; the reports of both tell their gaps.
compare-reached = code that runs leads to it
compare-unreached = no running code was seen to lead to it
compare-unknown = not known whether running code leads to it
compare-same = Both versions do the same, as far as was seen.
state-new = New
state-different = Different
state-gone = No longer
