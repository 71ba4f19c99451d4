package org.example.orms;

import com.j256.ormlite.field.DatabaseField;

/** What all people have; no table of its own. */
public abstract class Person {
    @DatabaseField(generatedId = true)
    int id;
    @DatabaseField(columnName = "full_name")
    String name;
}
