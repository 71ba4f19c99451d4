package org.example.orms;

import com.lidroid.xutils.db.annotation.Column;
import com.lidroid.xutils.db.annotation.Table;

@Table(name = "t_inmate")
public class Inmate {
    private int id;
    @Column(column = "bed_no")
    private String bed;
    private String offence;

    public String getBed() {
        return bed + id + offence;
    }
}
