package org.example.orms;

import com.activeandroid.Model;
import com.activeandroid.annotation.Column;
import com.activeandroid.annotation.Table;

@Table(name = "instruments")
public class Instrument extends Model {
    @Column(name = "title")
    private String mTitle;
    @Column
    public String language;
    /** Not a column. */
    private int shown;

    int shown() {
        return ++shown + mTitle.length();
    }
}
