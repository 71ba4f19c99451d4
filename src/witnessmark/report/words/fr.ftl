# Made by a machine from the English catalogue; no person who speaks the language has reviewed it.
-reviewed = no
language = Français
tagline = Ce que montre une application, avec les octets qui le montrent
title-page = { $app } : ce qu’elle montre
skip = Aller aux constats
unnamed-app = Une application sans nom
package = Paquet
version = version
not-stated = non indiqué
signed-by = Signée par
no-signer = Aucun signataire n’a pu être lu.
nameless-certificate = un certificat sans nom
certificate = certificat
file = Fichier
file-size = { $n ->
    [one] { $n } octet
   *[other] { $n } octets
}
more-files = { $n ->
    [one] { $n } fichier de plus
   *[other] { $n } fichiers de plus
}
summary = Résumé
what-it-shows = Ce qu’elle montre
what-we-could-not-see = Ce que nous n’avons pas pu voir
unreviewed = Les mots français de cette page ont été produits par une machine et relus par personne. Ce qui n’est pas traduit reste en anglais. Les octets cités sont les mêmes dans toutes les langues.
masked = Dans cette copie, noms, numéros, adresses, extraits de listes et clés sont masqués (règle « { $policy } »). Un masque comme [7f3a…] est une empreinte salée : qui détient le sel et la valeur peut prouver qu’ils correspondent.
chapter-asks = Demande
chapter-takes = Prend
chapter-keeps = Garde
chapter-marks = Marque
chapter-sends = Envoie
chapter-embeds = Embarque
chapter-hides = Cache
chapter-orders = Ordonne
question-asks = Que demande-t-elle aux gens, ou à son opérateur de saisir sur eux ?
question-takes = Que lit-elle de l’appareil et de ses alentours ?
question-keeps = Quels enregistrements construit-elle et conserve-t-elle ?
question-marks = Qui ou quoi trie-t-elle, signale-t-elle, compare-t-elle, note-t-elle ?
question-sends = Qu’est-ce qui sort, vers qui, sous quelle forme, protégé comment ?
question-embeds = Le code et les secrets de qui contient-elle, qui l’a faite ?
question-hides = Qu’est-ce qui résiste à la lecture ; quelles traces laisse-t-elle ou efface-t-elle ?
question-orders = Que fait-elle faire à son opérateur ou au téléphone ?
answer-asks = Elle montre { $what }
answer-takes = Elle contient { $what }
answer-keeps = Elle peut construire { $what }
answer-marks = Elle contient { $what }
answer-sends = Elle contient { $what }
answer-embeds = Elle contient { $what }
answer-hides = Elle contient { $what }
answer-orders = Elle contient { $what }
answer-whole = { $answer }.
answer-people = { $answer } ; cela concerne { $people }.
answer-nothing = Rien n’a été trouvé dans ce qui a pu être lu.
people-more = { $n ->
    [one] { $n } autre sorte de faits
   *[other] { $n } autres sortes de faits
}
of-them = { $n ->
    [one] { $n } d’entre eux
   *[other] { $n } d’entre eux
}
unencrypted = { $n ->
    [one] { $n } sans chiffrement
   *[other] { $n } sans chiffrement
}
kind-asks-screen = { $n ->
    [one] { $n } écran
   *[other] { $n } écrans
}
kind-asks-field = { $n ->
    [one] { $n } champ à remplir
   *[other] { $n } champs à remplir
}
kind-asks-choice_list = { $n ->
    [one] { $n } liste de choix
   *[other] { $n } listes de choix
}
kind-asks-notice = { $n ->
    [one] { $n } sorte d’avis aux personnes
   *[other] { $n } sortes d’avis aux personnes
}
kind-takes-device_data = { $n ->
    [one] { $n } lecture de données de l’appareil
   *[other] { $n } lectures de données de l’appareil
}
kind-takes-permission = { $n ->
    [one] { $n } autorisation
   *[other] { $n } autorisations
}
kind-takes-account_scan = { $n ->
    [one] { $n } recherche de comptes
   *[other] { $n } recherches de comptes
}
kind-takes-file_scan = { $n ->
    [one] { $n } fouille de fichiers
   *[other] { $n } fouilles de fichiers
}
kind-keeps-table = { $n ->
    [one] { $n } table de base de données
   *[other] { $n } tables de base de données
}
kind-keeps-record = { $n ->
    [one] { $n } format d’enregistrement
   *[other] { $n } formats d’enregistrement
}
kind-keeps-file = { $n ->
    [one] { $n } fichier
   *[other] { $n } fichiers
}
kind-keeps-preference = { $n ->
    [one] { $n } réglage conservé
   *[other] { $n } réglages conservés
}
kind-keeps-provider = { $n ->
    [one] { $n } fournisseur de données
   *[other] { $n } fournisseurs de données
}
kind-keeps-pattern = { $n ->
    [one] { $n } trait commun aux fiches
   *[other] { $n } traits communs aux fiches
}
kind-marks-code_book = { $n ->
    [one] { $n } liste de codes
   *[other] { $n } listes de codes
}
kind-marks-watch_list = { $n ->
    [one] { $n } liste de personnes ou de choses
   *[other] { $n } listes de personnes ou de choses
}
kind-marks-comparison = { $n ->
    [one] { $n } comparaison
   *[other] { $n } comparaisons
}
kind-marks-rule = { $n ->
    [one] { $n } règle
   *[other] { $n } règles
}
kind-sends-endpoint = { $n ->
    [one] { $n } adresse réseau
   *[other] { $n } adresses réseau
}
kind-sends-request = { $n ->
    [one] { $n } requête
   *[other] { $n } requêtes
}
kind-sends-flow = { $n ->
    [one] { $n } flux de données
   *[other] { $n } flux de données
}
kind-sends-message = { $n ->
    [one] { $n } format de message
   *[other] { $n } formats de message
}
kind-embeds-sdk = { $n ->
    [one] { $n } bibliothèque de tiers
   *[other] { $n } bibliothèques de tiers
}
kind-embeds-native = { $n ->
    [one] { $n } bibliothèque native
   *[other] { $n } bibliothèques natives
}
kind-embeds-secret = { $n ->
    [one] { $n } secret
   *[other] { $n } secrets
}
kind-embeds-attribution = { $n ->
    [one] { $n } trace de ses auteurs
   *[other] { $n } traces de ses auteurs
}
kind-hides-packer = { $n ->
    [one] { $n } endroit où du code ou des textes sont dissimulés
   *[other] { $n } endroits où du code ou des textes sont dissimulés
}
kind-hides-dynamic_code = { $n ->
    [one] { $n } endroit qui charge du code
   *[other] { $n } endroits qui chargent du code
}
kind-hides-reflection = { $n ->
    [one] { $n } appel par nom caché
   *[other] { $n } appels par nom caché
}
kind-hides-trace = { $n ->
    [one] { $n } trace laissée
   *[other] { $n } traces laissées
}
kind-hides-erasure = { $n ->
    [one] { $n } suppression
   *[other] { $n } suppressions
}
kind-hides-weakness = { $n ->
    [one] { $n } faiblesse
   *[other] { $n } faiblesses
}
kind-orders-task = { $n ->
    [one] { $n } tâche
   *[other] { $n } tâches
}
kind-orders-state = { $n ->
    [one] { $n } suite d’états
   *[other] { $n } suites d’états
}
kind-orders-command = { $n ->
    [one] { $n } commande
   *[other] { $n } commandes
}
kind-orders-trigger = { $n ->
    [one] { $n } déclencheur
   *[other] { $n } déclencheurs
}
kind-orders-restriction = { $n ->
    [one] { $n } restriction
   *[other] { $n } restrictions
}
heading-asks-screen = Écrans
heading-asks-field = Champs à remplir
heading-asks-choice_list = Listes de choix
heading-asks-notice = Sortes d’avis aux personnes
heading-takes-device_data = Lectures de données de l’appareil
heading-takes-permission = Autorisations
heading-takes-account_scan = Recherches de comptes
heading-takes-file_scan = Fouilles de fichiers
heading-keeps-table = Tables de base de données
heading-keeps-record = Formats d’enregistrement
heading-keeps-file = Fichiers
heading-keeps-preference = Réglages conservés
heading-keeps-provider = Fournisseurs de données
heading-keeps-pattern = Qui, où, quand
heading-marks-code_book = Listes de codes
heading-marks-watch_list = Listes de personnes ou de choses
heading-marks-comparison = Comparaisons
heading-marks-rule = Règles
heading-sends-endpoint = Adresses réseau
heading-sends-request = Requêtes
heading-sends-flow = Flux de données
heading-sends-message = Formats de message
heading-embeds-sdk = Bibliothèques de tiers
heading-embeds-native = Bibliothèques natives
heading-embeds-secret = Secrets
heading-embeds-attribution = Traces de ses auteurs
heading-hides-packer = Code et textes dissimulés
heading-hides-dynamic_code = Endroits qui chargent du code
heading-hides-reflection = Appels par nom caché
heading-hides-trace = Traces laissées
heading-hides-erasure = Suppressions
heading-hides-weakness = Faiblesses
heading-orders-task = Tâches
heading-orders-state = États
heading-orders-command = Commandes
heading-orders-trigger = Déclencheurs
heading-orders-restriction = Restrictions
reach-reached = atteint
reach-unreached = non atteint
reach-unknown = accès inconnu
tally-reached = { $n } atteints par du code exécuté
tally-unreached = { $n } non atteints
tally-unknown = { $n } d’accès inconnu
reach-reached-says = Du code exécuté peut arriver ici, par ce chemin :
reach-unreached-says = Aucun chemin depuis une entrée connue ne mène ici. Ce peut être du code mort, ou lancé par des moyens qui n’ont pu être lus.
reach-unknown-says = On ignore si du code exécuté arrive ici.
strength-read = lu
strength-derived = déduit
strength-indicated = seulement indiqué
strength-read-says = Lu directement dans les octets cités ci-dessous.
strength-derived-says = Déduit : cela suit des octets cités ci-dessous par raisonnement sur le code.
strength-indicated-says = Seulement indiqué : les octets cités ci-dessous le suggèrent et ne le prouvent pas.
about-operator = l’opérateur
about-user = l’utilisateur
about-third_person = d’autres personnes
about-unknown = on ignore de qui
about-operator-says = La personne qui opère l’application.
about-user-says = La personne dont c’est le téléphone.
about-third_person-says = D’autres personnes, qui n’opèrent pas l’application ni ne portent le téléphone.
about-unknown-says = On ignore de qui sont ces données.
special-tally = { $n } sur des catégories particulières
special-category = catégorie particulière
special-one-of = L’une au moins est une catégorie particulière (RGPD art. 9, directive police-justice art. 10).
gaps-tally = { $n ->
    [one] { $n } lacune
   *[other] { $n } lacunes
}
places = { $n ->
    [one] { $n } endroit
   *[other] { $n } endroits
}
reasons = { $n ->
    [one] { $n } raison
   *[other] { $n } raisons
}
more-reasons = { $n ->
    [one] { $n } autre raison
   *[other] { $n } autres raisons
}
findings = { $n ->
    [one] { $n } constat
   *[other] { $n } constats
}
findings-shown = { $shown } constats sur { $total }
more = { $n ->
    [one] { $n } de plus
   *[other] { $n } de plus
}
may-hide = peut cacher { $what }
anything = n’importe quoi
nothing-known = rien de connu
read-of = { $read } sur { $present } { $unit } lus
not-read = { $n ->
    [one] { $n } non lu
   *[other] { $n } non lus
}
read-whole = Lu en entier
no-coverage = Aucune couverture n’a été notée : on ne peut rien dire de ce qui n’a pas été lu.
places-not-seen = { $n ->
    [one] { $n } endroit n’a pu être examiné
   *[other] { $n } endroits n’ont pu être examinés
}
may-change = Ce qui s’y trouve peut changer les réponses d’à côté.
no-gap-met = Aucune lacune n’a été rencontrée. Que tout ait été lu ne veut pas dire que tout a été compris.
can-not-did = Un constat montre ce qu’une application peut faire, non que quelqu’un l’a fait. Chacun repose sur des octets du fichier, cités avec leur place ; « witnessmark verify » ou des outils courants les retrouvent.
more-may-be-hidden = Davantage peut être caché ici :
not-all-read = Tout n’a pas été lu.
no-gap-known = Aucune lacune connue ne cacherait une réponse à cette question. Voici ce qui a été lu :
contents = Sommaire
gaps = Lacunes
coverage = Couverture
legal-readings = Lectures juridiques
how-to-read = Comment lire et vérifier ceci
search-off = Recherche et filtres demandent JavaScript, qui est désactivé ici. Tout le reste fonctionne sans : chaque constat se déplie et s’imprime déplié.
search-and-filter = Chercher et filtrer les constats
search-label = Chercher dans tous les constats et leurs preuves
search-placeholder = Chercher constats et preuves
filter = Filtrer
filter-chapter = Chapitre
filter-reach = Accès
filter-strength = Force
filter-about = Sur qui
any = tout
special-only = Catégories particulières seulement
show-all = Tout montrer
unfold = Déplier ceux-ci
fold = Replier
print = Imprimer ceux-ci
own-words = Dans ses propres mots
particulars = En particulier
personal-data = Données personnelles
about-whom = Sur qui
how-sure = Avec quelle certitude
reach = Accès
not-shown = Ce que cela ne montre pas
evidence = Preuves
yes = oui
no = non
not-known = inconnu
language-unknown = langue inconnue
gloss-from = glose : { $origin }
at-byte = octet { $n }
check-this = Vérifier soi-même
check-in = Dans { $file }, SHA-256 { $sha256 } ; cité en { $spelling }.
the-file = le fichier
reads-as-hex = octets en hexadécimal
reads-as-utf-8 = texte, UTF-8
reads-as-mutf-8 = texte, UTF-8 modifié
reads-as-utf-16le = texte, UTF-16 petit-boutiste
reads-as-gb18030 = texte, GB 18030
reads-as-latin-1 = texte, Latin-1
reads-as-sha256 = SHA-256 des octets
gaps-question = Où personne n’a pu regarder ?
gaps-answer = { $places }, pour { $reasons }.
gaps-none = Aucune lacune rencontrée.
coverage-question = Qu’est-ce qui a été lu, et qu’est-ce qui ne l’a pas été ?
member = Élément
kind = Genre
present = Présents
read = Lus
unread = Non lus
unit = Unité
why-not = Pourquoi non
law-question = Qu’en dit le droit ?
law-answer = Des lectures tirées des constats ci-dessus. Aucune n’est un verdict, aucune une note.
law-none = Aucune lecture juridique de ces constats n’a été faite.
law-touched = { $touched } dispositions touchées sur { $n }
law-supported = étayé par les constats
law-contradicted = contredit par les constats
law-unknown = laissé ouvert par les constats
law-claims = Ce qu’affirment les textes de l’application
bears-on = { $n ->
    [one] { $n } constat s’y rapporte
   *[other] { $n } constats s’y rapportent
}
settles = Ce qui trancherait
source = Source
method = Méthode
method-act-head = Un constat n’est pas un acte.
method-act = Il dit ce que montrent les octets de l’application. Si quelqu’un s’en est servi, sur qui et combien de fois relève d’autres preuves.
method-reach-head = Accès et force.
method-reach = L’accès dit si du code exécuté peut venir à ce qui a été trouvé. Du code que rien n’atteint peut être mort ; ou son appelant n’a pu être lu. La force dit si une phrase a été lue dans les octets, en a été déduite, ou est seulement indiquée.
method-special-head = Les catégories particulières
method-special = sont celles que le droit protège le plus : origine ethnique, opinion politique, croyance, appartenance syndicale, gènes, biométrie, santé, vie sexuelle (RGPD art. 9, directive police-justice art. 10).
method-nothing-head = Rien trouvé
method-nothing = veut dire : non trouvé dans ce qui a été lu. Les lacunes et la couverture ci-dessus disent ce qui ne l’a pas été.
method-check-head = Pour vérifier une citation
method-check = prenez le fichier dont le SHA-256 est en tête, ouvrez « { check-this } » sous la citation et exécutez ses lignes, ou laissez « witnessmark verify » tout relire. Les signes que nul ne voit, comme ceux qui inversent le sens du texte, sont montrés ainsi :
method-keys-head = Touches.
method-keys = / va à la recherche, les flèches ↓ et ↑ parcourent les constats, Entrée en déplie un, Échap efface la recherche. L’adresse de la page nomme alors le constat, pour le transmettre. L’impression déplie ce qui est montré ; filtrez d’abord pour imprimer moins.
footer = Cette page montre findings.json, format { $format }, SHA-256 { $sha256 }. Elle ne charge rien et n’envoie rien.
picture-flows = Qui donne, par où, à qui
picture-flows-says = Chaque ligne est une valeur qui a été suivie : à travers le code, ou dans une requête. Sa largeur croît avec le nombre de chemins.
picture-sides-says = Aucun chemin de données n’a été suivi de gauche à droite, donc rien ne joint les côtés : à gauche ce que l’application demande ou lit, à droite les adresses de son propre code.
picture-gives = Ce qui est donné
picture-through = Par
picture-gets = Qui reçoit
picture-records = Les enregistrements et leurs liens
picture-records-says = Tables et enregistrements du propre code de l’application. Une ligne joint ceux qui partagent le nom d’un champ ; elle ne prouve pas que leurs contenus soient joints.
picture-books = Listes de codes
picture-books-says = Des valeurs codées et leurs libellés, tels qu’ils sont dans l’application.
picture-triggers = Quand elle agit
picture-triggers-says = Chaque marque est un déclencheur ; ceux à intervalle constant sont sur l’axe du temps.
picture-states = Les états qu’elle distingue
picture-states-says = Chaque case est un code d’état avec le mot que l’application affiche. Une flèche est un endroit où le code fixe l’état suivant, ou une étape dont le mot le dit.
picture-screens = Les écrans, dessinés d’après leurs maquettes
picture-screens-says = Dessinés d’après la seule maquette, non d’une application en marche. Les numéros sont ceux des champs.
picture-way = Le chemin des données
picture-way-says = Depuis leur entrée, par chaque pas lu dans le code, jusqu’à leur sortie. Les noms en gris sont les méthodes où elles passent.
on-event = sur un événement
by-time = selon le temps
every-second = 1 s
every-minute = 1 min
every-hour = 1 h
every-day = 1 jour
every-week = 1 semaine
on-this-device = sur cet appareil
coverage-code = code du programme
coverage-code-smali = code du programme en texte smali
coverage-code-java = code du programme en texte Java
coverage-code-reached = portée du code du programme
share-reached = le code qui s’exécute atteint { $read } méthodes sur { $present }
coverage-texts-computed = textes composés par le code
share-computed = { $read } sur { $present } connus en entier
coverage-data = fichiers de données
coverage-looks = images, sons, films, polices, couleurs, mouvements
coverage-media = images, sons, films et polices
coverage-native = bibliothèques natives
coverage-library = bibliothèques natives
coverage-resources = mots et valeurs de l’application
coverage-signature = signatures
coverage-web = pages et scripts web
coverage-archive = archives dans l’application
coverage-database = bases de données dans l’application
coverage-document = documents
coverage-engine = fichiers d’un moteur de jeu ou d’application
coverage-model = modèles d’apprentissage automatique
coverage-script = scripts
coverage-text = textes simples
coverage-unknown = fichiers de genre inconnu
coverage-empty = fichiers vides
coverage-xml-layout = maquettes d’écrans
coverage-xml-manifest = manifeste
coverage-xml-menu = menus
coverage-xml-xml = réglages et autres formulaires
coverage-xml-navigation = plans de navigation
coverage-xml-drawable = images dessinées
coverage-xml-anim = mouvements de l’écran
coverage-xml-animator = mouvements de l’écran
coverage-xml-interpolator = mouvements de l’écran
coverage-xml-transition = mouvements de l’écran
coverage-xml-mipmap = icônes
coverage-xml-color = couleurs
coverage-xml-font = polices
unit-bytes = octets
unit-files = fichiers
unit-methods = méthodes
unit-values = valeurs
unit-strings = textes
list-last = { $rest } et { $last }
list-next = { $rest }, { $last }

sketch-number = N°
sketch-field = Champ
sketch-english = En anglais
sketch-goes-to = Où va la réponse
kind-hides-evasion = { $n ->
    [one] { $n } vérification de l’environnement
   *[other] { $n } vérifications de l’environnement
}
kind-hides-presence = { $n ->
    [one] { $n } façon de rester invisible
   *[other] { $n } façons de rester invisible
}
heading-hides-evasion = Vérifications de l’environnement
heading-hides-presence = Façons de rester invisible
law-legend = Chaque point est une question : plein, les constats l’étayent ; barré, ils la contredisent ; creux, elle reste ouverte.
law-which = Ce qui a été confronté aux constats
set-at-run-time = fixé en cours d’exécution
notices = Les mots que le droit demande
notices-says = Cherchés dans les textes, les écrans, le code et les pages de l’application, en dix langues. Ce qui est dit ailleurs, sur papier ou par un serveur, n’est pas vu.
notice-notice = avis sur l’emploi des données
notice-consent = demande de consentement
notice-purpose = une finalité
notice-retention = durée de conservation
notice-rights = droits sur les données
notice-none = non trouvé dans { $what }
texts = textes de l’application
place-in = { $member }, octets { $first } à { $end }
sheet-about = À propos du classeur
column-about = Objet
column-content = Contenu
column-app = Application
column-masked = Masqué
column-finding = Constat
column-says = Ce qu’il dit
column-gloss = Glose en anglais
column-quote = Première citation dans
column-notes = Notes
column-where = Où
column-hides = Peut cacher
column-instrument = Instrument
column-article = Article
column-question = Question
column-reading = Lecture
column-findings = Constats
column-status = État de l’entrée
compare-title = { $app } : ce qui a changé
compare-head = Ce qui a changé dans { $app }
compare-lead = De la version { $before } à { $after } : { $n ->
    [one] { $n } différence.
   *[other] { $n } différences.
}
compare-left-out = Ce que les deux versions font de même est omis, ainsi que ce que change une simple recompilation : les noms de classes, et combien de fois quelque chose figure dans le code. Là où une version n’a pu être lue en partie, ce qui y manque peut paraître nouveau ou disparu ; les rapports des deux disent leurs lacunes.
compare-reached = du code qui s’exécute y mène
compare-unreached = on n’a pas vu de code exécuté y mener
compare-unknown = on ne sait pas si du code exécuté y mène
compare-same = Les deux versions font la même chose, pour autant qu’on ait vu.
state-new = Nouveau
state-different = Différent
state-gone = Disparu
