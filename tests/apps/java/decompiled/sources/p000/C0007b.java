package p000;

/* renamed from: b */
public class C0007b {
    public static final String NAME = "api";

    /* renamed from: a */
    public static C0007b m12a(Object obj) {
        return new C0007b();
    }

    /* renamed from: b */
    public void m13b(String str) {
        new Thread(new Runnable() { // from class: p000.b.1
            @Override // java.lang.Runnable
            public final void run() {
                C0007b.this.m13b(str);
            }
        }).start();
    }
}
