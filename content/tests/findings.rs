//! Every way in which a folder can be wrong, each with the exact sentence that an author is given.

mod kit;

use kit::found;

/// A file, what it holds instead (nothing: it is not there), and what is found.
type Case = (&'static str, &'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    (
        "organisation.yaml",
        "name: Ana's\nlanguages: [en, english!]\n",
        &["organisation.yaml:2:17: ‘english!’ is not a language tag: use one such as en, ar or pt-BR"],
    ),
    // One sentence, and none for each text of the folder in a language that this one seems to rule out.
    (
        "organisation.yaml",
        "name: Ana's\nlanguages: [xx, ar]\n",
        &["organisation.yaml:2:13: there is no language ‘xx’: use one such as en, ar or pt-BR"],
    ),
    (
        "organisation.yaml",
        "nmae: Ana's\nlanguages: [en, ar]\n",
        &["organisation.yaml:1:1: the organisation has no ‘nmae’ (did you mean ‘name’?)"],
    ),
    (
        "organisation.yaml",
        "name: Ana's\nlanguages: [en, ar]\npolicy:\n  lease_days: many\n",
        &["organisation.yaml:4:15: ‘lease_days’ is a whole number from 1 to 180, not ‘many’"],
    ),
    (
        "organisation.yaml",
        "name: Ana's\nlanguages: [en, ar]\npolicy:\n  photo_side: 100\n  photo_keeps: [time, face]\n",
        &[
            "organisation.yaml:4:15: ‘photo_side’ is a whole number from 640 to 16384, not ‘100’",
            "organisation.yaml:5:23: a photo keeps its time, its place, both or neither; ‘face’ is none of them",
        ],
    ),
    (
        "organisation.yaml",
        "name: Ana's\n  languages: [en\n",
        &["organisation.yaml:2:12: this can't be read as YAML: mapping values are not allowed in this context"],
    ),
    ("organisation.yaml", "", &["organisation.yaml:1:1: this file is missing; a folder of content needs it"]),
    (
        "sites.yaml",
        "- slug: quay\n  name: Quay\n  zone: Europe/Lodnon\n",
        &["sites.yaml:3:9: ‘Europe/Lodnon’ is no zone: use an IANA name such as Europe/London (did you mean ‘Europe/London’?)"],
    ),
    (
        "sites.yaml",
        "- slug: Quay Side\n  name: Quay\n  zone: Europe/London\n",
        &["sites.yaml:1:9: ‘Quay Side’ is not a name: use 1 to 64 of a-z, 0-9 and single hyphens, such as fridge-temp"],
    ),
    (
        "sites.yaml",
        "- slug: quay\n  name: { fr: Quai }\n  zone: Europe/London\n",
        &["sites.yaml:2:11: ‘fr’ is none of the organisation's languages, en, ar; add it in organisation.yaml"],
    ),
    (
        "sites.yaml",
        "- slug: quay\n  name: { ar: الرصيف }\n  zone: Europe/London\n",
        &["sites.yaml:2:9: ‘name’ is missing in en, the language that the others are translated from"],
    ),
    (
        "sites.yaml",
        "- slug: quay\n  name: Quay\n  zone: Europe/London\n- slug: quay\n  name: Other\n  zone: Europe/London\n",
        &["sites.yaml:4:9: ‘quay’ already names a site, at sites.yaml:1:9; choose another slug"],
    ),
    (
        "sites.yaml",
        "- slug: quay\n  slug: dock\n  name: Quay\n  zone: Europe/London\n",
        &["sites.yaml:2:3: ‘slug’ is there already, at line 1"],
    ),
    (
        "people.csv",
        "slug,name,language,role,site\nana,Ana Pereira,en,staf,quay\n",
        &["people.csv:2:20: ‘staf’ is no role (did you mean ‘staff’?); one of staff, technician, supervisor, manager, author, admin fits"],
    ),
    (
        "people.csv",
        "slug,name,language,role,site\nana,Ana Pereira,xx,staff,qay\n",
        &[
            "people.csv:2:17: ‘xx’ is none of the organisation's languages, en, ar; add it in organisation.yaml",
            "people.csv:2:26: there is no site ‘qay’ (did you mean ‘quay’?)",
        ],
    ),
    (
        "people.csv",
        "slug,name,lang,role,site\nana,Ana Pereira,en,staff,quay\n",
        &[
            "people.csv:1:1: the column ‘language’ is missing; the first line is slug,name,language,role,site",
            "people.csv:1:11: people.csv has no column ‘lang’; it has slug,name,language,role,site",
        ],
    ),
    (
        "people.csv",
        "slug,name,language,role,site\nana,Ana Pereira,en,staff\n",
        &["people.csv:2:1: a row has 5 cells, as the header; this one has 4"],
    ),
    (
        "people.csv",
        "slug,name,language,role,site\nana,Ana Pereira,en,staff,quay\nana,Anna,en,manager,org\n",
        &["people.csv:3:5: the name differs from that of this person's first row; leave it empty or write it the same"],
    ),
    (
        "touchpoints.yaml",
        "- slug: desk\n  site: quay\n  name: Desk\n  stage: arrival\n  survey: deks\n",
        &["touchpoints.yaml:5:11: there is no survey ‘deks’ (did you mean ‘desk’?)"],
    ),
    (
        "touchpoints.yaml",
        "- slug: desk\n  site: quay\n  name: Desk\n  stage: arrival\n  survey: desk\n  interval: -1\n",
        &["touchpoints.yaml:6:13: ‘interval’ is a whole number from 0 to 3600, not ‘-1’"],
    ),
    (
        "surveys/desk.yaml",
        "title: Desk\nmetric: nps\nthank_you: Thanks\nitems:\n  - slug: score\n    kind: csat\n    label: How was it?\n",
        &["surveys/desk.yaml:2:9: the metric ‘nps’ comes with a later version; now csat fits"],
    ),
    (
        "surveys/desk.yaml",
        "title: Desk\nmetric: csat\nthank_you: Thanks\nitems:\n  - slug: age\n    kind: number\n    label: Your age\n",
        &["surveys/desk.yaml:5:3: a survey asks one csat item and at most one text for a comment; its reasons stand below ‘reasons’"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: passfail\n        label: Lights\n",
        &["procedures/opening.yaml:7:15: ‘passfail’ is no kind of item (did you mean ‘pass-fail’?)"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: sunrise\n",
        &["procedures/opening.yaml:8:15: ‘sunrise’ is no kind of item; one of KINDS fits"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: temperature\n        unit: K\n",
        &["procedures/opening.yaml:9:15: a temperature is in °C or °F, not ‘K’"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: currency\n        currency: euro\n",
        &["procedures/opening.yaml:9:19: ‘currency’ is a code of three capital letters, such as EUR, not ‘euro’"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: slider\n        min: 0\n",
        &["procedures/opening.yaml:6:9: a slider needs ‘min’ and ‘max’: it goes from one to the other"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: slider\n        min: 0\n        max: 10\n        step: 3\n",
        &["procedures/opening.yaml:11:15: from 0 to 10 are 1 to 1000 whole steps of 3"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: counter\n        min: 5\n        max: 5\n",
        &["procedures/opening.yaml:10:14: ‘max’ is more than ‘min’, 5"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: acknowledge\n        na: yes\n",
        &["procedures/opening.yaml:9:13: the kind ‘acknowledge’ always applies, so it has no ‘na’"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: rank\n        choices: [{ slug: a, label: A }]\n",
        &["procedures/opening.yaml:9:18: ‘choices’ needs at least two to be put into an order"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: match\n        left: [{ slug: a, label: A }, { slug: b, label: B }]\n        right: [{ slug: x, label: X }]\n",
        &["procedures/opening.yaml:10:16: each on the left has one on the right: 1 are too few for 2"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: percent\n        max: -5\n",
        &["procedures/opening.yaml:9:14: ‘max’ is at least ‘min’, 0"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: percent\n        target: [50, 150]\n",
        &["procedures/opening.yaml:9:17: ‘target’ lies within ‘min’ and ‘max’: no answer outside of them can be given"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: text\n        within: 5\n",
        &["procedures/opening.yaml:9:9: an item has no ‘within’; it belongs to a location"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: fill-in\n        gaps: 0\n",
        &["procedures/opening.yaml:9:15: ‘gaps’ is a whole number from 1 to 20, not ‘0’"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: likert\n        rows: [{ slug: a, label: A }]\n",
        &["procedures/opening.yaml:6:9: an item needs ‘columns’"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n        kind: sketch\n        evidence: { min: 1 }\n",
        &[
            "procedures/opening.yaml:9:19: ‘evidence’ is photos beside an answer; a note has none, and of a photo or a signature they are the answer",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: photo\n        min: 3\n        max: 2\n        label: Lights\n",
        &["procedures/opening.yaml:9:14: ‘max’ is at least ‘min’, 3"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: boolean\n        evidence: { min: 1, max: 21, camera: true }\n        label: Lights\n",
        &[
            "procedures/opening.yaml:8:34: ‘max’ is a whole number from 1 to 20, not ‘21’",
            "procedures/opening.yaml:8:38: the evidence has no ‘camera’; it takes min, max, live_camera_only, note",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - { slug: door, kind: boolean, note: required, label: Door }\n      - slug: lights\n        kind: boolean\n        evidence:\n          note: required if not dor\n        label: Lights\n      - { slug: shelf, kind: photo, note: sometimes, label: Shelf }\n      - { slug: van, kind: location, accuracy: 50, label: Van }\n      - { slug: read, kind: note, label: Read, rules: [{ when: door, note: true }] }\n",
        &[
            "procedures/opening.yaml:6:38: an item has no ‘note’; it belongs to a photo, or the ‘evidence’ of another item",
            "procedures/opening.yaml:10:33: there is no item ‘dor’ in this form (did you mean ‘door’?)",
            "procedures/opening.yaml:12:43: ‘note’ is `required`, or `required if` and an expression: when a note has to be written",
            "procedures/opening.yaml:13:38: an item has no ‘accuracy’; it belongs to nothing; how exact a location has to be is its ‘within’, in metres",
            "procedures/opening.yaml:14:55: a note goes beside an answer; an item of the kind ‘note’ takes none",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: photo\n        evidence: { min: 1 }\n        label: Lights\n",
        &[
            "procedures/opening.yaml:8:19: ‘evidence’ is photos beside an answer; a note has none, and of a photo or a signature they are the answer",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: video\n        label: Lights\n",
        &["procedures/opening.yaml:7:15: the kind ‘video’ comes with a later version: phones take no answer to it yet"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        lable: Lights\n",
        &["procedures/opening.yaml:8:9: an item has no ‘lable’ (did you mean ‘label’?)"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: text\n        unit: kg\n        label: Lights\n",
        &["procedures/opening.yaml:8:9: an item has no ‘unit’; it belongs to a number or a temperature"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: open\n        kind: boolean\n        label: Open\n      - slug: lights\n        kind: pass-fail\n        visible_if: opne and lights\n        label: Lights\n",
        &["procedures/opening.yaml:11:21: there is no item ‘opne’ in this form (did you mean ‘open’?)"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: milk\n        kind: number\n        visible_if: \"milk > 5 and\"\n        label: Milk\n      - slug: tea\n        kind: text\n        constraint: tea > 5\n        message: No\n        label: Tea\n",
        &[
            "procedures/opening.yaml:8:34: the end of the expression stands where a value would: an item, a number, a text in double quotes, a function or (",
            "procedures/opening.yaml:12:21: > compares numbers, dates and times; one of these is a text",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: a\n        kind: number\n        visible_if: b > 1\n        label: A\n      - slug: b\n        kind: number\n        visible_if: a > 1\n        label: B\n",
        &["procedures/opening.yaml:8:21: ‘a’ follows from itself, by way of ‘b’"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: a\n        kind: number\n        weight: 3\n        constraint: a > 1\n        label: A\n      - slug: b\n        kind: calculated\n        label: B\n      - slug: c\n        kind: text\n        critical: true\n        label: C\n        rules:\n          - when: answered(c)\n          - when: answered(c)\n            show: [a, d]\n            notify: { role: manager }\n",
        &[
            "procedures/opening.yaml:8:17: ‘weight’ needs a ‘target’: a number has its points within it",
            "procedures/opening.yaml:9:21: ‘constraint’ needs a ‘message’: what a person reads whose answer does not keep it",
            "procedures/opening.yaml:12:15: a calculated item needs ‘calculate’: what it comes to",
            "procedures/opening.yaml:16:19: an answer of the kind ‘text’ has no points, so it has no ‘critical’",
            "procedures/opening.yaml:19:13: nothing follows from this rule; it takes show, evidence, note, action, notify, fail_section or end_run",
            "procedures/opening.yaml:22:21: a notice needs ‘message’",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: Lights\n        rules:\n          - when: not lights\n            action: { title: Mend them, within_hours: 0 }\n            notify: { role: supervizor, when: later, message: No light }\n          - when: not lights\n            action: Mend them\n          - when: not lights\n            notify: { role: manager, when: [now], message: No light, to: all }\n",
        &[
            "procedures/opening.yaml:11:55: ‘within_hours’ is a whole number from 1 to 8760, not ‘0’",
            "procedures/opening.yaml:12:29: ‘supervizor’ is no role (did you mean ‘supervisor’?); one of staff, technician, supervisor, manager, author, admin fits",
            "procedures/opening.yaml:12:47: ‘later’ is no moment; ‘now’ or ‘submission’ fits",
            "procedures/opening.yaml:14:21: an action is written as lines of `key: value`",
            "procedures/opening.yaml:16:44: ‘when’ is one value, not a list or a map",
            "procedures/opening.yaml:16:70: a notice has no ‘to’; it takes role, message, when",
        ],
    ),
    // Some of it can't be read: what the rest says of itself, and of what can, is told all the same.
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    repeat: many\n    items:\n      - { slug: temp, kind: temperature, weight: ten, label: Temp, constraint: temp < 8 kg, message: No }\n      - { slug: gone, kind: nothing, label: Gone }\n      - { slug: sum, kind: calculated, calculate: temp + , label: Sum }\n      - { slug: twice, kind: number, label: Twice }\n      - { slug: twice, kind: text, label: Twice }\n  - slug: more\n    label: More\n    items:\n      - { slug: a, kind: number, visible_if: max(tmp) > 3, label: A }\n      - { slug: b, kind: number, visible_if: gone > 3 or sum > 3 or twice > 3, label: B }\n      - { slug: c, kind: number, visible_if: max(temp) > 3 °C, label: C }\n      - { slug: d, kind: choice, choices: [{ slug: x, label: X, points: 5 }], label: D }\n      - { slug: e, kind: choice, weight: 3, choices: [{ slug: x, label: X, points: 5 }], label: E, rules: [{ when: 'd = x', show: [] }] }\n      - { slug: f, kind: photo, label: F, rules: [{ when: answered(f), evidence: 1 }, { when: answered(f), end_run: true }] }\n",
        &[
            "procedures/opening.yaml:5:13: ‘repeat’ is a whole number from 2 to 200, not ‘many’",
            "procedures/opening.yaml:7:50: ‘weight’ is a whole number from 0 to 1000, not ‘ten’",
            "procedures/opening.yaml:7:87: kg and °C do not measure the same",
            "procedures/opening.yaml:8:29: ‘nothing’ is no kind of item; one of KINDS fits",
            "procedures/opening.yaml:9:57: the end of the expression stands where a value would: an item, a number, a text in double quotes, a function or (",
            "procedures/opening.yaml:11:17: an item ‘twice’ is there already, at line 10; each is used once",
            "procedures/opening.yaml:15:50: there is no item ‘tmp’ in this form (did you mean ‘temp’?)",
            "procedures/opening.yaml:18:43: ‘points’ count where the item has a ‘weight’: the points that its answer can have",
            "procedures/opening.yaml:19:54: the choice ‘x’ has more ‘points’ than the item's ‘weight’, 3",
            "procedures/opening.yaml:19:131: ‘show’ needs at least one entry",
            "procedures/opening.yaml:20:117: ‘end_run’ says in words why nothing is asked any more",
        ],
    ),
    // What is asked for follows from answers: not from what comes true with time, nor from who looks.
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - { slug: until, kind: date, label: Until }\n      - { slug: left, kind: calculated, calculate: until - today(), label: Left }\n      - slug: door\n        kind: pass-fail\n        label: Door\n        rules:\n          - { when: left < 3, action: { title: Eat it } }\n          - { when: until < today(), show: [more] }\n          - { when: 'not door and person.role(\"staff\")', notify: { role: manager, message: No } }\n          - { when: not door and site.tag(\"cafe\"), notify: { role: manager, message: No } }\n      - { slug: more, kind: text, label: More }\n      - { slug: glass, kind: choice, choices: [{ slug: red, label: Red }], label: Glass }\n      - { slug: photo, kind: photo, label: Photo, rules: [{ when: answered(photo), evidence: 1 }] }\n",
        &[
            "procedures/opening.yaml:12:21: ‘action’ and ‘notify’ follow from answers and the site alone: not from now(), today() or person, here or in what this reads",
            "procedures/opening.yaml:14:22: ‘action’ and ‘notify’ follow from answers and the site alone: not from now(), today() or person, here or in what this reads",
            "procedures/opening.yaml:18:58: ‘evidence’ is photos beside an answer; an item of the kind ‘photo’ has none",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        default: maybe\n        label: Lights\n",
        &["procedures/opening.yaml:8:18: nobody could give ‘default’ as an answer: a pass-fail item takes pass or fail"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: milk\n        kind: number\n        min: 5\n        max: 1\n        target: [0, x]\n        label: Milk\n",
        &[
            "procedures/opening.yaml:9:14: ‘max’ is at least ‘min’, 5",
            "procedures/opening.yaml:10:21: ‘target’ is a number with at most 6 digits behind one point, such as 4.5 or -18, not ‘x’",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: how\n        kind: choice\n        choices: []\n        label: How\n",
        &["procedures/opening.yaml:8:18: ‘choices’ needs at least one entry"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        required: yes\n        label: Lights\n",
        &["procedures/opening.yaml:8:19: ‘required’ is true or false, not ‘yes’"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsign_off: staff\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: Lights\n",
        &["procedures/opening.yaml:2:11: ‘sign_off’ is by a supervisor, a manager or an admin; no other role may sign off"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsign_off: [supervisor, manager, supervisor]\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: Lights\n",
        &[
            "procedures/opening.yaml:2:33: ‘sign_off’ has supervisor twice with another role between; a role that signs twice stands twice in a row",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsign_off: supervisor\nsections:\n  - slug: all\n    label: All\n    asked_of: manager\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: Lights\n",
        &["procedures/opening.yaml:6:15: ‘asked_of’ is one of those who sign off, and ‘sign_off’ does not name manager"],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsign_off: supervisor\nsections:\n  - slug: all\n    label: All\n    asked_of: supervisor\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: Lights\n",
        &["procedures/opening.yaml:1:1: a procedure has at least one item that takes an answer of whoever fills it in"],
    ),
    // A signer ends nothing that was asked before.
    (
        "procedures/opening.yaml",
        "title: Opening\nsign_off: supervisor\nsections:\n  - slug: lead\n    label: Lead\n    asked_of: supervisor\n    items:\n      - { slug: seen, kind: boolean, label: Seen, rules: [{ when: seen, end_run: Over }] }\n  - slug: all\n    label: All\n    items:\n      - { slug: lights, kind: pass-fail, label: Lights }\n",
        &[
            "procedures/opening.yaml:8:67: what is asked of everybody can't depend on ‘seen’, which is asked of supervisor later: nobody could sign then; ask both of supervisor, or neither",
        ],
    ),
    // What a later signer answers decides nothing that was to be there before: by a condition, by way of a calculation, of a
    // section, of a note, or by what a rule shows. What is merely worked out, and what is to be put right, may follow.
    (
        "procedures/opening.yaml",
        "title: Opening\nsign_off: [supervisor, manager]\nsections:\n  - slug: all\n    label: All\n    items:\n      - { slug: lights, kind: pass-fail, label: Lights }\n      - { slug: why, kind: text, visible_if: not lights and not seen, label: Why }\n      - { slug: sum, kind: calculated, calculate: 'if(fine, 1, 0)', label: Sum }\n      - { slug: more, kind: text, visible_if: sum > 0, label: More }\n      - slug: lamp\n        kind: pass-fail\n        label: Lamp\n        evidence: { note: required if not fine }\n        rules: [{ when: not seen, action: { title: Look } }]\n  - slug: gate\n    label: Gate\n    visible_if: fine\n    items:\n      - { slug: hinge, kind: pass-fail, label: Hinge }\n  - slug: lead\n    label: Lead\n    asked_of: supervisor\n    items:\n      - { slug: seen, kind: boolean, label: Seen, rules: [{ when: lights, show: [lamp] }] }\n      - { slug: word, kind: text, visible_if: lights and not fine, label: Word }\n  - slug: end\n    label: End\n    asked_of: manager\n    items:\n      - { slug: fine, kind: boolean, label: Fine }\n      - { slug: last, kind: text, visible_if: seen and fine, label: Last }\n",
        &[
            "procedures/opening.yaml:8:65: what is asked of everybody can't depend on ‘seen’, which is asked of supervisor later: nobody could sign then; ask both of supervisor, or neither",
            "procedures/opening.yaml:10:47: what is asked of everybody can't depend on ‘fine’, which is asked of manager later: nobody could sign then; ask both of manager, or neither",
            "procedures/opening.yaml:14:43: what is asked of everybody can't depend on ‘fine’, which is asked of manager later: nobody could sign then; ask both of manager, or neither",
            "procedures/opening.yaml:18:17: what is asked of everybody can't depend on ‘fine’, which is asked of manager later: nobody could sign then; ask both of manager, or neither",
            "procedures/opening.yaml:25:82: what is asked of everybody can't depend on ‘seen’, which is asked of supervisor later: nobody could sign then; ask both of supervisor, or neither",
            "procedures/opening.yaml:26:62: what is asked of supervisor can't depend on ‘fine’, which is asked of manager later: nobody could sign then; ask both of manager, or neither",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: Lights\n  - slug: two\n    label: Two\n    items:\n      - slug: lights\n        kind: boolean\n        label: Again\n",
        &["procedures/opening.yaml:12:15: an item ‘lights’ is there already, at line 6; each is used once"],
    ),
    (
        "procedures/opening.yaml",
        "title: &t Opening\nsections: []\n",
        &[
            "procedures/opening.yaml:1:11: anchors (&), aliases (*) and tags (!) are not used in content; write the value out, in quotes if it begins so",
        ],
    ),
    (
        "procedures/Opening Checks.yaml",
        "title: Opening\n",
        &[
            "procedures/Opening Checks.yaml:1:1: ‘Opening Checks’ is not a name: use 1 to 64 of a-z, 0-9 and single hyphens, such as fridge-temp",
        ],
    ),
    ("procedures/notes.txt", "hello\n", &["procedures/notes.txt:1:1: procedures/ holds files that end in .yaml, nothing else"]),
    (
        "procedure/closing.yaml",
        "title: Closing\n",
        &["procedure:1:1: content has no place for this (did you mean ‘procedures’?); what it holds is in docs/content.md"],
    ),
    ("schedules.yaml", "[]\n", &["schedules.yaml:1:1: schedules.yaml comes with a later version; take it out for now"]),
    (
        "modules/tea/module.yaml",
        "title: Tea\nmove_on: passed\nmastery_score: 80\n",
        &[
            "modules/tea/module.yaml:2:10: to pass a module it needs a quiz: write quiz.yaml beside this file, or move on by completed",
            "modules/tea/module.yaml:3:1: a module has no ‘mastery_score’; it belongs to the quiz, in quiz.yaml",
        ],
    ),
    (
        "modules/tea/module.yaml",
        "title: Tea\nmove_on: pased\n",
        &[
            "modules/tea/module.yaml:2:10: ‘pased’ is no rule to move on by (did you mean ‘passed’?); one of completed, passed, completed-and-passed, completed-or-passed, not-applicable fits",
        ],
    ),
    (
        "modules/tea/01-leaves.md",
        "Green or black.\n",
        &["modules/tea/01-leaves.md:1:1: a page begins with a line `---`, its title as `title: …`, and another line `---`"],
    ),
    (
        "modules/tea/01-leaves.md",
        "---\ntitle: Leaves\n---\nGreen.\n---\n---\n[takeaway]\n- Not boiling.\n",
        &[
            "modules/tea/01-leaves.md:5:1: a card has no text; write some or take out one line `---`",
            "modules/tea/01-leaves.md:7:1: ‘takeaway’ is no kind of card (did you mean ‘takeaways’?); [takeaways], [flip], [image] and [video] are",
        ],
    ),
    (
        "modules/tea/01-leaves.md",
        "---\ntitle: Leaves\n---\n[flip]\nGreen?\n",
        &["modules/tea/01-leaves.md:4:1: below [flip] a line `+++` stands between the front and the back"],
    ),
    (
        "modules/tea/01-leaves.md",
        "---\ntitle: Leaves\n---\nLook: ![leaf](leaf.jpg)\n",
        &["modules/tea/01-leaves.md:4:7: a picture stands in a card of its own, `[image] NAME.jpg`, or beside a step; take this out here"],
    ),
    (
        "modules/tea/01-leaves.ar.md",
        "---\ntitle: أوراق\n---\nأخضر أو أسود.\n",
        &["modules/tea/01-leaves.ar.md:4:1: 01-leaves.md has 2 cards and this has 1; they are joined with ar by their order"],
    ),
    (
        "modules/tea/leaves.md",
        "---\ntitle: Leaves\n---\nGreen.\n",
        &["modules/tea/leaves.md:1:1: a lesson's file begins with its number, such as 01-welcome.md"],
    ),
    (
        "modules/tea/quiz.yaml",
        "items: []\n",
        &[
            "modules/tea/quiz.yaml:1:1: a quiz has no ‘items’; it takes mastery_score, attempts, shuffle, questions",
            "modules/tea/quiz.yaml:1:1: a quiz needs ‘mastery_score’",
            "modules/tea/quiz.yaml:1:1: a quiz needs ‘questions’",
        ],
    ),
    (
        "modules/tea/quiz.yaml",
        "mastery_score: 101\nattempts: 0\nshuffle: all\nquestions:\n  - { slug: hello, kind: note, label: Read this, points: 2 }\n",
        &[
            "modules/tea/quiz.yaml:1:1: a quiz has at least one question that takes an answer",
            "modules/tea/quiz.yaml:1:16: ‘mastery_score’ is a whole number from 1 to 100, not ‘101’",
            "modules/tea/quiz.yaml:2:11: ‘attempts’ is a whole number from 1 to 100, not ‘0’",
            "modules/tea/quiz.yaml:3:10: ‘shuffle’ is one of no, questions, choices, both, not ‘all’",
            "modules/tea/quiz.yaml:5:50: a question has no ‘points’; it belongs to a question that takes an answer",
        ],
    ),
    (
        "modules/tea/quiz.yaml",
        "mastery_score: 80\nquestions:\n  - slug: which\n    kind: choice\n    label: Which?\n    choices:\n      - { slug: green, label: Green }\n      - { slug: black, label: Black }\n    answer: geen\n    tolerance: 1\n",
        &[
            "modules/tea/quiz.yaml:9:13: ‘geen’ is none of the choices (did you mean ‘green’?); they are green, black",
            "modules/tea/quiz.yaml:10:5: a question has no ‘tolerance’; it belongs to a number",
        ],
    ),
    (
        "modules/tea/quiz.yaml",
        "mastery_score: 80\nquestions:\n  - slug: which\n    kind: multi-choice\n    label: Which?\n    choices:\n      - { slug: green, label: Green }\n      - { slug: black, label: Black }\n    answer: [green, black]\n  - slug: which\n    kind: multi-choice\n    label: Which?\n    choices:\n      - { slug: green, label: Green }\n      - { slug: black, label: Black }\n    answer: green\n",
        &[
            "modules/tea/quiz.yaml:9:13: every choice is right: then ticking all is no answer; add one that is wrong",
            "modules/tea/quiz.yaml:10:11: a question ‘which’ is there already, at line 3; each is used once",
            "modules/tea/quiz.yaml:16:13: ‘answer’ is a list; begin each entry on a line with `- `",
        ],
    ),
    (
        "modules/tea/quiz.yaml",
        "mastery_score: 80\nquestions:\n  - slug: hot\n    kind: number\n    label: How hot?\n    max: 100\n    answer: 100.5\n    tolerance: -1\n  - slug: sure\n    kind: boolean\n    label: Sure?\n    answer: maybe\n",
        &[
            "modules/tea/quiz.yaml:7:13: nobody could give this answer: a whole number",
            "modules/tea/quiz.yaml:8:16: ‘tolerance’ is how far from the answer is still right, 0 or more",
            "modules/tea/quiz.yaml:12:13: ‘answer’ is true or false, not ‘maybe’",
        ],
    ),
    (
        "modules/tea/quiz.yaml",
        "mastery_score: 80\nquestions:\n  - slug: why\n    kind: text\n    label: Why?\n    answer: Because\n  - slug: one\n    kind: choice\n    label: Which?\n    choices: [{ slug: green, label: Green }]\n    answer: green\n  - slug: far\n    kind: number\n    label: How far?\n    target: [1, 2]\n    points: 0\n",
        &[
            "modules/tea/quiz.yaml:4:11: a text can't be graded; a quiz has choice, multi-choice, order, match, fill-in, boolean, number and note",
            "modules/tea/quiz.yaml:10:14: a question has 2 to 20 choices; this one has 1",
            "modules/tea/quiz.yaml:15:13: a question has no ‘target’: write its ‘answer’, and with ‘tolerance’ how far from it is still right",
        ],
    ),
    (
        "procedures/opening.yaml",
        "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: lights\n        kind: pass-fail\n        label: Lights\n        answer: pass\n",
        &["procedures/opening.yaml:9:9: an item has no ‘answer’; it belongs to a question of a quiz"],
    ),
    (
        "announcements/tea.ar.md",
        "---\ntitle: شاي\n---\nأخضر.\n",
        &["announcements/tea.ar.md:1:1: this is missing in en: its file without a language in its name"],
    ),
    (
        "announcements/tea.md",
        "---\ntitle: Tea\nacknowledge: maybe\n---\nGreen.\n",
        &["announcements/tea.md:3:14: ‘acknowledge’ is true or false, not ‘maybe’"],
    ),
    (
        "reasons.yaml",
        "title: Why\nfamilies:\n  - slug: stay\n    label: Stay\n    reasons:\n      - { slug: key, label: Key }\n      - { slug: key, label: Keys }\noutcomes:\n  - { slug: solved, label: Solved }\nchannels:\n  - { slug: phone, label: Phone }\n",
        &[
            "reasons.yaml:7:17: a reason ‘key’ is there already, at line 6; each is used once",
            "reasons.yaml:9:5: an outcome needs ‘resolved’",
        ],
    ),
    (
        "assignments.yaml",
        "- procedure: openning\n  site: quay\n  due: 2026-07-01 18:00\n",
        &["assignments.yaml:1:14: there is no procedure ‘openning’ (did you mean ‘opening’?)"],
    ),
    (
        "assignments.yaml",
        "- procedure: opening\n  person: anna\n  due: 2026-02-30 18:00\n",
        &[
            "assignments.yaml:2:11: there is no person ‘anna’ (did you mean ‘ana’?)",
            "assignments.yaml:3:8: ‘2026-02-30 18:00’ is no due date: write a day and a time of the site, such as 2026-03-31 18:00, or +2d 18:00 for two days after the push",
        ],
    ),
    (
        "assignments.yaml",
        "- procedure: opening\n  module: tea\n  site: quay\n  due: +2d 18:00\n",
        &["assignments.yaml:1:3: an assignment names either a ‘module’ or a ‘procedure’"],
    ),
    (
        "assignments.yaml",
        "- procedure: opening\n  site: quay\n  due: tomorrow\n  rrule: FREQ=DAILY\n",
        &[
            "assignments.yaml:3:8: ‘tomorrow’ is no due date: write a day and a time of the site, such as 2026-03-31 18:00, or +2d 18:00 for two days after the push",
            "assignments.yaml:4:3: an assignment has no ‘rrule’; it takes module, procedure, site, person, due",
        ],
    ),
];

#[test]
fn each_fault_is_found_where_it_is_with_what_would_be_right() {
    assert_eq!(found(&[]), Vec::<String>::new(), "the small folder itself is good");
    let kinds = frontline_content::kinds().collect::<Vec<_>>().join(", ");
    for (file, text, want) in CASES {
        let want: Vec<String> = want.iter().map(|words| words.replace("KINDS", &kinds)).collect();
        assert_eq!(found(&[(file, text)]), want, "{file}: {text}");
    }
    println!("{} faults", CASES.len());
}

/// A procedure that takes rows of a list, by these lines.
fn taking(lines: &str) -> String {
    let head = "title: Opening\nsections:\n  - slug: all\n    label: All\n    items:\n      - { slug: group, kind: choice, label: Group, \
                choices: [{ slug: dairy, label: Dairy }] }\n      - { slug: many, kind: counter, label: Many }\n      - slug: article\n        \
                kind: lookup\n        label: Article\n";
    format!("{head}{lines}")
}

#[test]
fn faults_of_lists_and_of_what_takes_their_rows_are_found_where_they_are() {
    const LIST: (&str, &str) = ("lists/articles.csv", "slug,label,label.ar,group\nmilk,Milk,,dairy\nbrie,Brie,,dairy\n");
    let procedure = |lines: &str| found(&[LIST, ("procedures/opening.yaml", &taking(lines))]);
    assert_eq!(procedure("        list: articles\n        where:\n          group: group\n"), [] as [&str; 0]);
    for (lines, want) in [
        ("        list: articels\n", "11:15: there is no list ‘articels’ (did you mean ‘articles’?)"),
        ("        lst: articles\n", "11:9: an item has no ‘lst’ (did you mean ‘list’?)"),
        (
            "        list: articles\n        where:\n          gruop: group\n",
            "13:11: the list ‘articles’ has no column ‘gruop’ (did you mean ‘group’?)",
        ),
        (
            "        list: articles\n        where:\n          group: many\n",
            "13:18: a column is chosen by a choice or a text; this is a number",
        ),
        (
            "        list: articles\n        where:\n          group: gruop\n",
            "13:18: there is no item ‘gruop’ in this form (did you mean ‘group’?)",
        ),
        ("        list: articles\n        where:\n          group: article\n", "13:18: ‘article’ follows from itself"),
    ] {
        assert_eq!(procedure(lines), [format!("procedures/opening.yaml:{want}")], "{lines}");
    }
    let survey = "title: Desk\nmetric: csat\nthank_you: Thanks\nitems:\n  - { slug: score, kind: csat, required: true, label: Score }\n  - { slug: \
                  a, kind: lookup, list: articles, label: A }\n";
    assert!(found(&[LIST, ("surveys/desk.yaml", survey)])[0].contains("a lookup is an item of procedures"));
    for (list, want) in [
        (
            "\n",
            vec![
                "1:1: the first line names the columns: slug,label, a label for each further language such as label.ar, and whatever forms choose rows by",
            ],
        ),
        ("slug,label\n", vec!["1:1: a list has 1 to 100000 rows below the line with the columns; this one has 0"]),
        (
            "slug,label,label.xx,Group\na,A,,\n",
            vec![
                "1:12: ‘xx’ is none of the organisation's languages, en, ar; add it in organisation.yaml",
                "1:21: ‘Group’ is not a name: use 1 to 64 of a-z, 0-9 and single hyphens, such as fridge-temp",
            ],
        ),
        ("slug,label,group,group\na,A,x,y\n", vec!["1:18: the column ‘group’ is there already"]),
        (
            "slug,group\na,x\n",
            vec![
                "1:1: the column ‘label’ is missing; the first line names the columns: slug,label, a label for each further language such as label.ar, and whatever forms choose rows by",
            ],
        ),
        (
            "slug,label,group\nmilk,Milk,x\nmilk,More milk,x\nbrie,,y\nb,B\nSo!,Soap,z\n",
            vec![
                "3:1: a row ‘milk’ is there already, at line 2; each is used once",
                "4:6: a row needs a label",
                "5:1: a row has 3 cells, as the header; this one has 2",
                "6:1: ‘So!’ is not a name: use 1 to 64 of a-z, 0-9 and single hyphens, such as fridge-temp",
            ],
        ),
    ] {
        let want: Vec<String> = want.iter().map(|line| format!("lists/articles.csv:{line}")).collect();
        assert_eq!(found(&[("lists/articles.csv", list)]), want, "{list}");
    }
    let quote = "slug,label\na,A\nb,\"never closed\nc,C\n";
    assert_eq!(
        found(&[("lists/articles.csv", quote)]),
        [
            "lists/articles.csv:3:1: a quotation mark that is opened at the beginning of a cell is closed at its end; here, or below, one is not"
        ]
    );
    let long = format!("slug,label\na,{}\nb,bell\u{7}\nc,\u{2800}\u{200b}\n", "x".repeat(201));
    assert_eq!(
        found(&[("lists/articles.csv", &long)]),
        [
            "lists/articles.csv:2:3: a cell is one line of at most 200 bytes; a quote is perhaps not closed",
            "lists/articles.csv:3:3: a cell holds a control character; type it again",
            "lists/articles.csv:4:3: a row needs a label",
        ]
    );
    let semicolons = "slug;label;group\nmilk;Milk;dairy\n";
    assert_eq!(
        found(&[("lists/articles.csv", semicolons)]),
        ["lists/articles.csv:1:1: the cells of a row are parted by commas; save the file as CSV with commas between them"]
    );
    assert_eq!(found(&[("lists/articles.yaml", "- a\n")]), ["lists/articles.yaml:1:1: lists/ holds files that end in .csv, nothing else"]);
}

#[test]
fn faults_of_questions_that_count_in_parts_are_found_where_they_are() {
    let quiz = |lines: &str| {
        let text = format!("mastery_score: 50\nquestions:\n  - slug: it\n    label: It\n{lines}");
        found(&[("modules/tea/quiz.yaml", &text)])
    };
    let choices = "    choices: [{ slug: a, label: A }, { slug: b, label: B }]\n";
    let sides = "    left: [{ slug: red, label: Red }]\n    right: [{ slug: floor, label: Floor }, { slug: table, label: Table }]\n";
    for good in [
        format!("    kind: order\n{choices}"),
        format!("    kind: match\n{sides}    answer: {{ red: floor }}\n"),
        "    kind: fill-in\n    gaps: 2\n    answer: [[5, five], milk]\n".to_owned(),
    ] {
        assert_eq!(quiz(&good), [] as [&str; 0], "{good}");
    }
    for (lines, want) in [
        (
            format!("    kind: order\n{choices}    answer: [a, b]\n"),
            "7:5: a question has no ‘answer’; it belongs to a question whose right answer is not the order of its choices",
        ),
        (format!("    kind: match\n{sides}    answer: {{ rde: floor }}\n"), "8:15: ‘rde’ is not on the left (did you mean ‘red’?)"),
        (
            format!("    kind: match\n{sides}    answer: {{ red: flor }}\n"),
            "8:20: ‘flor’ is none of the choices (did you mean ‘floor’?); they are floor, table",
        ),
        ("    kind: fill-in\n    gaps: 2\n    answer: [5]\n".to_owned(), "7:13: ‘answer’ has a text for each of the 2 gaps; these are 1"),
        ("    kind: fill-in\n    gaps: 11\n    answer: [5]\n".to_owned(), "6:11: a question has at most 10 gaps"),
    ] {
        assert_eq!(quiz(&lines), [format!("modules/tea/quiz.yaml:{want}")], "{lines}");
    }
}

#[test]
fn faults_of_assets_are_found_where_they_are() {
    let assets = |text: &str| found(&[("assets.yaml", text)]);
    let good = "- slug: milk\n  site: quay\n  name: { en: Milk fridge, ar: ثلاجة }\n  kind: fridge\n  codes: [\"0012345678905\", A 7]\n  procedures: [opening]\n  tags: [cold]\n- { slug: stairs, site: quay, name: Stairs }\n";
    assert_eq!(assets(good), [] as [&str; 0]);
    for (text, want) in [
        ("- site: quay\n  name: Milk\n", &["1:3: an asset needs ‘slug’"][..]),
        ("- slug: milk\n  site: key\n  name: Milk\n", &["2:9: there is no site ‘key’"]),
        (
            "- slug: milk\n  site: quay\n  name: Milk\n  procedures: [openin]\n",
            &["4:16: there is no procedure ‘openin’ (did you mean ‘opening’?)"],
        ),
        ("- slug: milk\n  site: quay\n  name: Milk\n  code: [a]\n", &["4:3: an asset has no ‘code’ (did you mean ‘codes’?)"]),
        (
            "- { slug: a, site: quay, name: A, codes: [\"012345678905\"] }\n- { slug: b, site: quay, name: B, codes: [\"0012345678905\"] }\n",
            &["2:43: ‘0012345678905’ reads as the code at line 1 does; each label is on one asset"],
        ),
        (
            "- { slug: a, site: quay, name: A, codes: [b] }\n- { slug: b, site: quay, name: B }\n",
            &["1:43: ‘b’ names the asset at line 2; a code is something else than a name"],
        ),
        ("- { slug: a, site: quay, name: A, codes: [\" \"] }\n", &["1:43: a code is what the label says: 1 to 512 bytes of text, not ‘’"]),
        (
            "- { slug: a, site: quay, name: A }\n- { slug: a, site: quay, name: B }\n",
            &["2:11: ‘a’ already names an asset, at assets.yaml:1:11; choose another slug"],
        ),
    ] {
        let wanted: Vec<String> = want.iter().map(|line| format!("assets.yaml:{line}")).collect();
        assert_eq!(assets(text), wanted, "{text}");
    }
}

#[test]
fn faults_of_what_stands_beside_a_step_are_found_where_they_are() {
    let step = |lines: &str| {
        let text = format!(
            "title: T\nsections:\n  - slug: all\n    label: All\n    items:\n      - slug: it\n        label: It\n{lines}      - {{ slug: said, kind: text, label: Said }}\n"
        );
        found(&[("procedures/opening.yaml", &text), ("knowledge/refunds.md", "---\ntitle: Refunds\n---\nTo the card.\n")])
    };
    for good in [
        "        kind: text\n        reference: last\n",
        "        kind: note\n        reference: { words: { en: Look, ar: انظر } }\n",
        "        kind: text\n        reference: { article: refunds }\n",
        "        kind: text\n        reference: { module: tea, lesson: leaves }\n",
        "        kind: text\n        reference: { module: tea, lesson: leaves, card: 2 }\n",
    ] {
        assert_eq!(step(good), [] as [&str; 0], "{good}");
    }
    for (lines, want) in [
        (
            "        kind: note\n        reference: last\n",
            "9:20: nobody answers this item, so that it has no last answer to be compared with",
        ),
        (
            "        kind: text\n        reference: lats\n",
            "9:20: ‘reference’ is the word last, or `words`, `picture`, `video`, `article` or `module` in a line below it; not ‘lats’",
        ),
        ("        kind: text\n        reference: { article: refund }\n", "9:31: there is no article ‘refund’ (did you mean ‘refunds’?)"),
        ("        kind: text\n        reference: { module: te, lesson: leaves }\n", "9:30: there is no module ‘te’ (did you mean ‘tea’?)"),
        (
            "        kind: text\n        reference: { module: tea, lesson: leafs }\n",
            "9:43: the module ‘tea’ has no lesson ‘leafs’ (did you mean ‘leaves’?)",
        ),
        (
            "        kind: text\n        reference: { module: tea, lesson: leaves, card: 3 }\n",
            "9:57: the lesson ‘leaves’ has 2 cards; there is no card 3",
        ),
        (
            "        kind: text\n        reference: { article: refunds, words: Look }\n",
            "9:20: a reference is one of `words`, `picture`, `video`, `article` and `module`",
        ),
    ] {
        assert_eq!(step(lines), [format!("procedures/opening.yaml:{want}")], "{lines}");
    }
    let survey = "title: Desk\nmetric: csat\nthank_you: Thanks\nitems:\n  - slug: score\n    kind: csat\n    label: How was it?\n    reference: last\n";
    assert_eq!(
        found(&[("surveys/desk.yaml", survey)]),
        ["surveys/desk.yaml:8:5: an item has no ‘reference’; it belongs to an item of a procedure"]
    );
}
