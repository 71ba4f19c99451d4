# Made by a machine from the English catalogue; no person who speaks the language has reviewed it.
-reviewed = no
language = Español
tagline = Lo que muestra una aplicación, con los bytes que lo muestran
title-page = { $app }: lo que muestra
skip = Ir a los hallazgos
unnamed-app = Una aplicación sin nombre
package = Paquete
version = versión
not-stated = no indicado
signed-by = Firmada por
no-signer = No se pudo leer ningún firmante.
nameless-certificate = un certificado sin nombre
certificate = certificado
file = Archivo
file-size = { $n ->
    [one] { $n } byte
   *[other] { $n } bytes
}
more-files = { $n ->
    [one] { $n } archivo más
   *[other] { $n } archivos más
}
summary = Resumen
what-it-shows = Lo que muestra
what-we-could-not-see = Lo que no pudimos ver
unreviewed = Las palabras en español de esta página las produjo una máquina y nadie las ha revisado. Lo que no está traducido queda en inglés. Los bytes citados son los mismos en todas las lenguas.
masked = En esta copia están enmascarados nombres, números, direcciones, muestras de listas y claves (norma «{ $policy }»). Una máscara como [7f3a…] es un resumen con sal: quien tiene la sal y el valor puede probar que se corresponden.
chapter-asks = Pregunta
chapter-takes = Toma
chapter-keeps = Guarda
chapter-marks = Marca
chapter-sends = Envía
chapter-embeds = Incorpora
chapter-hides = Oculta
chapter-orders = Ordena
question-asks = ¿Qué pregunta a las personas, o pide a su operador que introduzca sobre ellas?
question-takes = ¿Qué lee del dispositivo y de su entorno?
question-keeps = ¿Qué registros construye y guarda?
question-marks = ¿A quién o qué clasifica, señala, compara, puntúa?
question-sends = ¿Qué sale, hacia quién, en qué forma, protegido cómo?
question-embeds = ¿El código y los secretos de quién contiene, quién la hizo?
question-hides = ¿Qué se resiste a la lectura; qué huellas deja o borra?
question-orders = ¿Qué hace hacer a su operador o al teléfono?
answer-asks = Muestra { $what }
answer-takes = Contiene { $what }
answer-keeps = Puede construir { $what }
answer-marks = Contiene { $what }
answer-sends = Contiene { $what }
answer-embeds = Contiene { $what }
answer-hides = Contiene { $what }
answer-orders = Contiene { $what }
answer-whole = { $answer }.
answer-people = { $answer }; conciernen a { $people }.
answer-nothing = No se halló nada en lo que pudo leerse.
people-more = { $n ->
    [one] { $n } clase más de datos
   *[other] { $n } clases más de datos
}
of-them = { $n ->
    [one] { $n } de ellos
   *[other] { $n } de ellos
}
unencrypted = { $n ->
    [one] { $n } sin cifrado
   *[other] { $n } sin cifrado
}
kind-asks-screen = { $n ->
    [one] { $n } pantalla
   *[other] { $n } pantallas
}
kind-asks-field = { $n ->
    [one] { $n } campo por rellenar
   *[other] { $n } campos por rellenar
}
kind-asks-choice_list = { $n ->
    [one] { $n } lista de opciones
   *[other] { $n } listas de opciones
}
kind-asks-notice = { $n ->
    [one] { $n } clase de aviso a las personas
   *[other] { $n } clases de aviso a las personas
}
kind-takes-device_data = { $n ->
    [one] { $n } lectura de datos del dispositivo
   *[other] { $n } lecturas de datos del dispositivo
}
kind-takes-permission = { $n ->
    [one] { $n } permiso
   *[other] { $n } permisos
}
kind-takes-account_scan = { $n ->
    [one] { $n } búsqueda de cuentas
   *[other] { $n } búsquedas de cuentas
}
kind-takes-file_scan = { $n ->
    [one] { $n } registro de archivos
   *[other] { $n } registros de archivos
}
kind-keeps-table = { $n ->
    [one] { $n } tabla de base de datos
   *[other] { $n } tablas de base de datos
}
kind-keeps-record = { $n ->
    [one] { $n } formato de registro
   *[other] { $n } formatos de registro
}
kind-keeps-file = { $n ->
    [one] { $n } archivo
   *[other] { $n } archivos
}
kind-keeps-preference = { $n ->
    [one] { $n } ajuste guardado
   *[other] { $n } ajustes guardados
}
kind-keeps-provider = { $n ->
    [one] { $n } proveedor de datos
   *[other] { $n } proveedores de datos
}
kind-keeps-pattern = { $n ->
    [one] { $n } rasgo común de los registros
   *[other] { $n } rasgos comunes de los registros
}
kind-marks-code_book = { $n ->
    [one] { $n } libro de códigos
   *[other] { $n } libros de códigos
}
kind-marks-watch_list = { $n ->
    [one] { $n } lista de personas o cosas
   *[other] { $n } listas de personas o cosas
}
kind-marks-comparison = { $n ->
    [one] { $n } comparación
   *[other] { $n } comparaciones
}
kind-marks-rule = { $n ->
    [one] { $n } regla
   *[other] { $n } reglas
}
kind-sends-endpoint = { $n ->
    [one] { $n } dirección de red
   *[other] { $n } direcciones de red
}
kind-sends-request = { $n ->
    [one] { $n } petición
   *[other] { $n } peticiones
}
kind-sends-flow = { $n ->
    [one] { $n } flujo de datos
   *[other] { $n } flujos de datos
}
kind-sends-message = { $n ->
    [one] { $n } formato de mensaje
   *[other] { $n } formatos de mensaje
}
kind-embeds-sdk = { $n ->
    [one] { $n } biblioteca ajena
   *[other] { $n } bibliotecas ajenas
}
kind-embeds-native = { $n ->
    [one] { $n } biblioteca nativa
   *[other] { $n } bibliotecas nativas
}
kind-embeds-secret = { $n ->
    [one] { $n } secreto
   *[other] { $n } secretos
}
kind-embeds-attribution = { $n ->
    [one] { $n } huella de sus autores
   *[other] { $n } huellas de sus autores
}
kind-hides-packer = { $n ->
    [one] { $n } lugar donde se oculta código o texto
   *[other] { $n } lugares donde se oculta código o texto
}
kind-hides-dynamic_code = { $n ->
    [one] { $n } lugar que carga más código
   *[other] { $n } lugares que cargan más código
}
kind-hides-reflection = { $n ->
    [one] { $n } llamada por nombre oculto
   *[other] { $n } llamadas por nombre oculto
}
kind-hides-trace = { $n ->
    [one] { $n } huella dejada
   *[other] { $n } huellas dejadas
}
kind-hides-erasure = { $n ->
    [one] { $n } borrado
   *[other] { $n } borrados
}
kind-hides-weakness = { $n ->
    [one] { $n } debilidad
   *[other] { $n } debilidades
}
kind-orders-task = { $n ->
    [one] { $n } tarea
   *[other] { $n } tareas
}
kind-orders-state = { $n ->
    [one] { $n } serie de estados
   *[other] { $n } series de estados
}
kind-orders-command = { $n ->
    [one] { $n } orden
   *[other] { $n } órdenes
}
kind-orders-trigger = { $n ->
    [one] { $n } disparador
   *[other] { $n } disparadores
}
kind-orders-restriction = { $n ->
    [one] { $n } restricción
   *[other] { $n } restricciones
}
heading-asks-screen = Pantallas
heading-asks-field = Campos por rellenar
heading-asks-choice_list = Listas de opciones
heading-asks-notice = Clases de aviso a las personas
heading-takes-device_data = Lecturas de datos del dispositivo
heading-takes-permission = Permisos
heading-takes-account_scan = Búsquedas de cuentas
heading-takes-file_scan = Registros de archivos
heading-keeps-table = Tablas de base de datos
heading-keeps-record = Formatos de registro
heading-keeps-file = Archivos
heading-keeps-preference = Ajustes guardados
heading-keeps-provider = Proveedores de datos
heading-keeps-pattern = Quién, dónde, cuándo
heading-marks-code_book = Libros de códigos
heading-marks-watch_list = Listas de personas o cosas
heading-marks-comparison = Comparaciones
heading-marks-rule = Reglas
heading-sends-endpoint = Direcciones de red
heading-sends-request = Peticiones
heading-sends-flow = Flujos de datos
heading-sends-message = Formatos de mensaje
heading-embeds-sdk = Bibliotecas ajenas
heading-embeds-native = Bibliotecas nativas
heading-embeds-secret = Secretos
heading-embeds-attribution = Huellas de sus autores
heading-hides-packer = Código y textos ocultos
heading-hides-dynamic_code = Lugares que cargan más código
heading-hides-reflection = Llamadas por nombre oculto
heading-hides-trace = Huellas dejadas
heading-hides-erasure = Borrados
heading-hides-weakness = Debilidades
heading-orders-task = Tareas
heading-orders-state = Estados
heading-orders-command = Órdenes
heading-orders-trigger = Disparadores
heading-orders-restriction = Restricciones
reach-reached = alcanzado
reach-unreached = no alcanzado
reach-unknown = alcance desconocido
tally-reached = { $n } alcanzados por código en marcha
tally-unreached = { $n } no alcanzados
tally-unknown = { $n } de alcance desconocido
reach-reached-says = El código en marcha puede llegar aquí, por este camino:
reach-unreached-says = Ningún camino desde una entrada conocida lleva aquí. Puede ser código muerto, o iniciado por medios que no pudieron leerse.
reach-unknown-says = No se sabe si el código en marcha llega aquí.
strength-read = leído
strength-derived = deducido
strength-indicated = solo indicado
strength-read-says = Leído directamente en los bytes citados abajo.
strength-derived-says = Deducido: se sigue de los bytes citados abajo al razonar sobre el código.
strength-indicated-says = Solo indicado: los bytes citados abajo lo sugieren y no lo prueban.
about-operator = el operador
about-user = el usuario
about-third_person = otras personas
about-unknown = no se sabe de quién
about-operator-says = La persona que opera la aplicación.
about-user-says = La persona en cuyo teléfono funciona.
about-third_person-says = Otras personas, que ni operan la aplicación ni llevan el teléfono.
about-unknown-says = No se sabe de quién son los datos.
special-tally = { $n } sobre categorías especiales
special-category = categoría especial
special-one-of = Al menos una es una categoría especial (RGPD art. 9, Directiva 2016/680 art. 10).
gaps-tally = { $n ->
    [one] { $n } vacío
   *[other] { $n } vacíos
}
places = { $n ->
    [one] { $n } lugar
   *[other] { $n } lugares
}
reasons = { $n ->
    [one] { $n } razón
   *[other] { $n } razones
}
more-reasons = { $n ->
    [one] { $n } razón más
   *[other] { $n } razones más
}
findings = { $n ->
    [one] { $n } hallazgo
   *[other] { $n } hallazgos
}
findings-shown = { $shown } de { $total } hallazgos
more = { $n ->
    [one] { $n } más
   *[other] { $n } más
}
may-hide = puede ocultar { $what }
anything = cualquier cosa
nothing-known = nada conocido
read-of = { $read } de { $present } { $unit } leídos
not-read = { $n ->
    [one] { $n } no leído
   *[other] { $n } no leídos
}
read-whole = Leído entero
no-coverage = No se anotó cobertura: nada puede decirse de lo no leído.
places-not-seen = { $n ->
    [one] { $n } lugar no pudo examinarse
   *[other] { $n } lugares no pudieron examinarse
}
may-change = Lo que hay allí puede cambiar las respuestas de al lado.
no-gap-met = No se encontró ningún vacío. Que todo se leyera no significa que todo se entendiera.
can-not-did = Un hallazgo muestra lo que una aplicación puede hacer, no que alguien lo hiciera. Cada uno se apoya en bytes del archivo, citados con su lugar; «witnessmark verify» o herramientas comunes los vuelven a encontrar.
more-may-be-hidden = Aquí puede ocultarse más:
not-all-read = No se leyó todo.
no-gap-known = No se conoce ningún vacío que oculte una respuesta a esta pregunta. Esto es lo leído:
contents = Índice
gaps = Vacíos
coverage = Cobertura
legal-readings = Lecturas jurídicas
how-to-read = Cómo leer y comprobar esto
search-off = La búsqueda y los filtros necesitan JavaScript, aquí apagado. Lo demás funciona sin él: cada hallazgo se despliega y se imprime desplegado.
search-and-filter = Buscar y filtrar hallazgos
search-label = Buscar en todos los hallazgos y sus pruebas
search-placeholder = Buscar hallazgos y pruebas
filter = Filtrar
filter-chapter = Capítulo
filter-reach = Alcance
filter-strength = Fuerza
filter-about = Sobre quién
any = cualquiera
special-only = Solo categorías especiales
show-all = Mostrar todo
unfold = Desplegar estos
fold = Plegar
print = Imprimir estos
own-words = Con sus propias palabras
particulars = En particular
personal-data = Datos personales
about-whom = Sobre quién
how-sure = Con qué certeza
reach = Alcance
not-shown = Lo que esto no muestra
evidence = Pruebas
yes = sí
no = no
not-known = no se sabe
language-unknown = lengua desconocida
gloss-from = glosa: { $origin }
at-byte = byte { $n }
check-this = Compruébelo usted
check-in = En { $file }, SHA-256 { $sha256 }; citado como { $spelling }.
the-file = el archivo
reads-as-hex = bytes en hexadecimal
reads-as-utf-8 = texto, UTF-8
reads-as-mutf-8 = texto, UTF-8 modificado
reads-as-utf-16le = texto, UTF-16 little-endian
reads-as-gb18030 = texto, GB 18030
reads-as-latin-1 = texto, Latin-1
reads-as-sha256 = SHA-256 de los bytes
gaps-question = ¿Dónde nadie pudo mirar?
gaps-answer = { $places }, por { $reasons }.
gaps-none = No se encontró ningún vacío.
coverage-question = ¿Qué se leyó y qué no?
member = Elemento
kind = Clase
present = Presentes
read = Leídos
unread = No leídos
unit = Unidad
why-not = Por qué no
law-question = ¿Qué dice de ello el derecho?
law-answer = Lecturas argumentadas a partir de los hallazgos. Ninguna es un veredicto ni una puntuación.
law-none = No se hizo lectura jurídica de estos hallazgos.
law-touched = { $touched } de { $n } disposiciones tocadas
law-supported = apoyado por los hallazgos
law-contradicted = contradicho por los hallazgos
law-unknown = abierto según los hallazgos
law-claims = Lo que afirman los textos de la propia aplicación
bears-on = { $n ->
    [one] { $n } hallazgo se refiere a ello
   *[other] { $n } hallazgos se refieren a ello
}
settles = Qué lo zanjaría
source = Fuente
method = Método
method-act-head = Un hallazgo no es un acto.
method-act = Dice lo que muestran los bytes de la aplicación. Si alguien la usó, con quién y cuántas veces corresponde a otras pruebas.
method-reach-head = Alcance y fuerza.
method-reach = El alcance dice si el código en marcha puede llegar a lo hallado. El código que nada alcanza puede estar muerto, o no pudo leerse quien lo llama. La fuerza dice si una frase se leyó de los bytes, se dedujo de ellos o solo está indicada.
method-special-head = Las categorías especiales
method-special = son las que la ley protege más: origen étnico, opinión política, creencia, afiliación sindical, genes, biometría, salud, vida sexual (RGPD art. 9, Directiva 2016/680 art. 10).
method-nothing-head = Nada hallado
method-nothing = significa: no hallado en lo leído. Los vacíos y la cobertura de arriba dicen qué no se leyó.
method-check-head = Para comprobar una cita
method-check = tome el archivo cuyo SHA-256 está arriba, abra «{ check-this }» bajo la cita y ejecute sus líneas, o deje que «witnessmark verify» las relea todas. Los signos que nadie ve, como los que invierten la dirección del texto, se muestran así:
method-keys-head = Teclas.
method-keys = / va a la búsqueda, las flechas ↓ y ↑ recorren los hallazgos, Intro despliega uno, Esc borra la búsqueda. La dirección de la página nombra entonces el hallazgo, para pasarlo. Al imprimir se despliega lo mostrado; filtre antes para imprimir menos.
footer = Esta página muestra findings.json, formato { $format }, SHA-256 { $sha256 }. No carga ni envía nada.
picture-flows = Quién da, a través de qué, a quién
picture-flows-says = Cada línea es un valor que se siguió: por el código, o hasta una petición. Su anchura crece con el número de caminos.
picture-sides-says = No se siguió ningún camino de datos de izquierda a derecha, así que nada une los lados: a la izquierda lo que la aplicación pide o lee, a la derecha las direcciones de su propio código.
picture-gives = Lo que se da
picture-through = A través de
picture-gets = Quién lo recibe
picture-records = Los registros y sus vínculos
picture-records-says = Tablas y registros del propio código de la aplicación. Una línea une los que comparten el nombre de un campo; no prueba que sus contenidos estén unidos.
picture-books = Libros de códigos
picture-books-says = Valores codificados y sus etiquetas, tal como están en la aplicación.
picture-triggers = Cuándo actúa
picture-triggers-says = Cada marca es un disparador; los de intervalo constante están en el eje del tiempo.
picture-states = Qué estados distingue
picture-states-says = Cada recuadro es un código de estado con la palabra que la aplicación muestra. Una flecha es un lugar donde el código fija el estado siguiente, o un paso cuya palabra lo dice.
picture-screens = Pantallas, dibujadas según su diseño
picture-screens-says = Dibujadas solo a partir del diseño, no de una aplicación en marcha. Los números son los de los campos.
picture-way = El camino de los datos
picture-way-says = Desde donde entran, por cada paso leído en el código, hasta donde salen. Los nombres grises son los métodos por los que pasan.
on-event = ante un suceso
by-time = por tiempo
every-second = 1 s
every-minute = 1 min
every-hour = 1 h
every-day = 1 día
every-week = 1 semana
on-this-device = en este dispositivo
coverage-code = código del programa
coverage-code-smali = código del programa como texto smali
coverage-code-java = código del programa como texto Java
coverage-code-reached = alcance del código del programa
share-reached = el código que se ejecuta llega a { $read } de { $present } métodos
coverage-texts-computed = textos que el código compone
share-computed = { $read } de { $present } conocidos por completo
coverage-data = archivos de datos
coverage-looks = imágenes, sonido, vídeo, letras, colores, movimientos
coverage-media = imágenes, sonido, vídeo y letras
coverage-native = bibliotecas nativas
coverage-library = bibliotecas nativas
coverage-resources = palabras y valores de la aplicación
coverage-signature = firmas
coverage-web = páginas y scripts web
coverage-archive = archivos comprimidos en la aplicación
coverage-database = bases de datos en la aplicación
coverage-document = documentos
coverage-engine = archivos de un motor de juegos o aplicaciones
coverage-model = modelos de aprendizaje automático
coverage-script = scripts
coverage-text = textos sencillos
coverage-unknown = archivos de clase desconocida
coverage-empty = archivos vacíos
coverage-xml-layout = diseños de pantallas
coverage-xml-manifest = manifiesto
coverage-xml-menu = menús
coverage-xml-xml = ajustes y otros formularios
coverage-xml-navigation = planes de navegación
coverage-xml-drawable = dibujos
coverage-xml-anim = movimientos de la pantalla
coverage-xml-animator = movimientos de la pantalla
coverage-xml-interpolator = movimientos de la pantalla
coverage-xml-transition = movimientos de la pantalla
coverage-xml-mipmap = iconos
coverage-xml-color = colores
coverage-xml-font = letras
unit-bytes = bytes
unit-files = archivos
unit-methods = métodos
unit-values = valores
unit-strings = cadenas
list-last = { $rest } y { $last }
list-next = { $rest }, { $last }

sketch-number = N.º
sketch-field = Campo
sketch-english = En inglés
sketch-goes-to = A dónde va la respuesta
kind-hides-evasion = { $n ->
    [one] { $n } comprobación del entorno
   *[other] { $n } comprobaciones del entorno
}
kind-hides-presence = { $n ->
    [one] { $n } modo de no ser vista
   *[other] { $n } modos de no ser vista
}
heading-hides-evasion = Comprobaciones del entorno
heading-hides-presence = Modos de no ser vista
law-legend = Cada punto es una pregunta: lleno, los hallazgos la apoyan; tachado, la contradicen; hueco, queda abierta.
law-which = Lo que se cotejó con los hallazgos
set-at-run-time = se fija en marcha
notices = Las palabras que pide el derecho
notices-says = Buscadas en los textos, pantallas, código y páginas de la aplicación, en diez lenguas. Lo que se dice en otra parte, en papel o por un servidor, no se ve.
notice-notice = aviso de lo que se hace con los datos
notice-consent = petición de consentimiento
notice-purpose = una finalidad
notice-retention = cuánto se guardan los datos
notice-rights = derechos sobre los datos
notice-none = no hallado en { $what }
texts = textos de la aplicación
place-in = { $member }, bytes { $first } a { $end }
sheet-about = Sobre este libro
column-about = Asunto
column-content = Contenido
column-app = Aplicación
column-masked = Oculto
column-finding = Hallazgo
column-says = Qué dice
column-gloss = Glosa en inglés
column-quote = Primera cita en
column-notes = Notas
column-where = Dónde
column-hides = Puede ocultar
column-instrument = Instrumento
column-article = Artículo
column-question = Pregunta
column-reading = Lectura
column-findings = Hallazgos
column-status = Estado de la entrada
compare-title = { $app }: qué cambió
compare-head = Qué cambió en { $app }
compare-lead = De la versión { $before } a la { $after }: { $n ->
    [one] { $n } diferencia.
   *[other] { $n } diferencias.
}
compare-left-out = Se omite lo que ambas versiones hacen igual y lo que cambia una simple recompilación: los nombres de clases y cuántas veces está algo en el código. Donde una versión no se pudo leer en parte, lo que falta puede aparecer como nuevo o desaparecido; los informes de ambas dicen sus lagunas.
compare-reached = código que se ejecuta lleva hasta ello
compare-unreached = no se vio código en ejecución que lleve hasta ello
compare-unknown = no se sabe si código en ejecución lleva hasta ello
compare-same = Ambas versiones hacen lo mismo, hasta donde se vio.
state-new = Nuevo
state-different = Diferente
state-gone = Ya no está
