package org.example.notes;

public final class Config {
    public static final String HOST = "https://" + p000.C0007b.NAME + ".example.org";
    public static final int LAYOUT = C0009R.layout.note;
    public static final String[] KINDS = {"open", "closed", "lost"};

    public static final class C0009R {
        public static final class layout {
            public static final int note = 2131427328;
        }
    }
}
