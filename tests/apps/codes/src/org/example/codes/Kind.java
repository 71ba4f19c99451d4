package org.example.codes;

/** Constants with a number and a label. */
public enum Kind {
    WANTED(1, "在逃人员"), RELEASED(2, "刑满释放人员"), ADDICT(3, "吸毒人员"), PETITIONER(4, "上访人员"), ORDINARY(9, "一般人员");

    private final int code;
    private final String label;

    Kind(int code, String label) {
        this.code = code;
        this.label = label;
    }

    public static String labelOf(int code) {
        for (Kind one : values()) {
            if (one.code == code) {
                return one.label;
            }
        }
        return "";
    }
}
