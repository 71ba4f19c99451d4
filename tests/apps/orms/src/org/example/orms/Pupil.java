package org.example.orms;

/** The class greenDAO makes a table of; its annotations are not in the app. */
public class Pupil {
    private Long id;
    private String pupilName;
    private String parentPhone;

    public String getPupilName() {
        return pupilName + parentPhone + id;
    }
}
