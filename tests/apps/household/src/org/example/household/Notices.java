package org.example.household;

public final class Notices {
    public interface Later { void tell(String text); }

    public interface Done { void onSuccess(String text); }

    private Notices() { }

    public static void ask(String where, Later later) {
        later.tell(System.getProperty(where));
    }

    public static void load(String[] names, Done done) {
        for (String name : names) {
            done.onSuccess(System.getProperty(name));
        }
    }
}
