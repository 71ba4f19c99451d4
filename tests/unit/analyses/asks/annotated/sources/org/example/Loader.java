package org.example;
public class Loader {
    public interface Done { void onSuccess(String text); }
    public interface Later { void tell(String text); }
    public static void load(String[] names, Done done) { Net.get(names, done); }
    public static void wait(String where, Later later) { Net.wait(where, later); }
}
