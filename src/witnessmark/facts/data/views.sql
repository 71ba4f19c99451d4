-- Views for people who ask in SQL: names in place of row numbers. A row's number is its rowid.
CREATE VIEW type_names AS
SELECT t.rowid AS type, s.text AS descriptor,
  CASE WHEN s.text LIKE 'L%;' THEN replace(s.text[2:-2], '/', '.') ELSE s.text END AS name,
  t.class
FROM types t JOIN strings s ON s.rowid = t.descriptor;
CREATE VIEW class_names AS
SELECT c.rowid AS class, t.name, p.name AS super_name, f.text AS source_file, c.access, c.dex, c.shadowed
FROM classes c
JOIN type_names t ON t.type = c.type
LEFT JOIN type_names p ON p.type = c.super_type
LEFT JOIN strings f ON f.rowid = c.source_file;
CREATE VIEW proto_texts AS
WITH placed AS (
  SELECT p.rowid AS proto, unnest(range(p.first_parameter, p.first_parameter + p.parameters)) AS place
  FROM protos p),
spelled AS (
  SELECT placed.proto, string_agg(n.descriptor, '' ORDER BY placed.place) AS text
  FROM placed JOIN proto_parameters q ON q.rowid = placed.place JOIN type_names n ON n.type = q.type
  GROUP BY placed.proto)
SELECT p.rowid AS proto, '(' || coalesce(s.text, '') || ')' || r.descriptor AS text
FROM protos p
JOIN type_names r ON r.type = p.return_type
LEFT JOIN spelled s ON s.proto = p.rowid;
CREATE VIEW method_names AS
SELECT m.rowid AS method, t.name AS class_name, s.text AS name,
  t.descriptor || '->' || s.text || p.text AS signature,
  m.class, m.access, m.code_units
FROM methods m
JOIN type_names t ON t.type = m.class_type
JOIN strings s ON s.rowid = m.name
JOIN proto_texts p ON p.proto = m.proto;
CREATE VIEW field_names AS
SELECT f.rowid AS field, t.name AS class_name, s.text AS name, k.name AS type_name,
  t.descriptor || '->' || s.text || ':' || k.descriptor AS signature, f.class, f.access
FROM fields f
JOIN type_names t ON t.type = f.class_type
JOIN strings s ON s.rowid = f.name
JOIN type_names k ON k.type = f.type;
CREATE VIEW call_names AS
SELECT a.signature AS caller, c.pc, b.signature AS callee, c.method, c.callee AS callee_method
FROM calls c
JOIN method_names a ON a.method = c.method
JOIN method_names b ON b.method = c.callee;
CREATE VIEW string_texts AS
SELECT s.text, m.signature AS used_in, u.pc, u.string, u.method
FROM string_uses u
JOIN strings s ON s.rowid = u.string
JOIN method_names m ON m.method = u.method;
CREATE VIEW resource_texts AS
SELECT r.type || '/' || r.name AS resource_name, v.locale, v.configuration, v.kind, v.text, v.resource
FROM resource_values v JOIN resources r ON r.resource = v.resource;
CREATE VIEW screen_attributes AS
SELECT f.path, f.folder, f.name AS file_name, n.name AS element, a.namespace, a.name, a.value, a.node
FROM xml_attributes a
JOIN xml_nodes n ON n.rowid = a.node
JOIN xml_files f ON f.rowid = n.file;
