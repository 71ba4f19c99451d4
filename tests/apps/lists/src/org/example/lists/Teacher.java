package org.example.lists;

/** Seeded by the app below. */
public class Teacher {
    private final String number;
    private final String teacherName;
    private final String password;

    public Teacher(String number, String teacherName, String password) {
        this.number = number;
        this.teacherName = teacherName;
        this.password = password;
    }

    public String getTeacherName() {
        return teacherName + number + password;
    }
}
