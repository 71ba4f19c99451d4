package org.example.orms;

import com.j256.ormlite.field.DatabaseField;
import com.j256.ormlite.table.DatabaseTable;

@DatabaseTable
public class Patient extends Person {
    @DatabaseField(columnName = "hiv_status")
    int status;
    @DatabaseField
    String ward;
    boolean open;
}
