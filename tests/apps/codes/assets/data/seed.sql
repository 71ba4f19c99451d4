CREATE TABLE dict_education (code TEXT, name TEXT);
INSERT INTO dict_education (code, name) VALUES ('10', '研究生'), ('20', '大学本科'), ('30', '大专');
INSERT INTO dict_education (code, name) VALUES ('40', '高中');
