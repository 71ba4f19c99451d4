/** Methods whose results stand behind them; tests run the lowered code. */
package p;
import java.util.*;
class Shapes {
    static final String HOST = "h" + 1;
    static int count;
    int own = 5;
    Shapes next;
    enum Color { RED("r"), GREEN("g") { String code() { return "special"; } }; final String code; Color(String c) { code = c; } String code() { return code; } }
    interface Op { int run(int x); }
    interface Two { String join(String a, int b); }
    class Inner { int v = own + 1; int get() { return v + own; } }
    static class Base { int f() { return 1; } Base(int... xs) { count = xs.length; } }
    static class Derived extends Base { Derived() { super(1, 2, 3); } int f() { return super.f() + 10; } }
    record Point(int x, String name) { Point { count = 7; } }

    static int loop() { // = 45
        int s = 0; for (int i = 0; i < 10; i++) { s += i; } return s; }
    static int nested() { // = 18
        int s = 0; outer: for (int i = 0; i < 5; i++) { for (int j = 0; j < 5; j++) { if (j == 3) continue outer; if (i == 4) break outer; s += j; s++; if (s > 15) break outer; } } return s; }
    static String text() { // = h1/a5truexnull9
        char c = 'x'; Object o = null; int n = 5; return HOST + "/a" + n + true + c + o + 9L; }
    static int fin() { // = 111
        int r = 0; try { r += 1; r += 10; } finally { r += 100; } return r; }
    static int caught() { // = 1011
        int r = 1; try { r += 10; fail(); r += 100; } catch (IllegalStateException e) { r += 1000; } catch (Exception e) { r = -1; } return r; }
    static void fail() { throw new IllegalStateException("x"); }
    static int retfin() { // = 3
        count = 0; int v = helper(); return v + count; }
    static int helper() { try { return 1; } finally { count = 2; } }
    static int sw() { // = 321
        return pick(1) + pick(2) * 10 + pick(9) * 100; }
    static int pick(int i) { switch (i) { case 1: return 1; case 2: i = 2; break; default: i = 3; } return i; }
    static int swtext() { // = 1293
        return word("Aa") * 1000 + word("BB") * 100 + word("cc") * 10 + word("zz"); }
    static int word(String s) { switch (s) { case "Aa": return 1; case "BB": return 2; case "cc": return 9; } return 3; }
    static String swenum() { // = R-special
        return name(Color.RED) + "-" + Color.GREEN.code(); }
    static String name(Color c) { switch (c) { case RED: return "R"; default: return "other"; } }
    static int arrow() { // = 7
        int k = 2; return switch (k) { case 1 -> 5; case 2, 3 -> { int q = 6; yield q + 1; } default -> 0; }; }
    static int lam() { // = 42
        int base = 40; Op op = x -> x + base; return op.run(2); }
    static String ref() { // = a7
        Two t = Shapes::glue; return t.join("a", 7); }
    static String glue(String a, int b) { return a + b; }
    static int anon() { // = 15
        final int k = 10; Op op = new Op() { int z = 2; public int run(int x) { return x + k + z; } }; return op.run(3); }
    static int inner() { // = 11
        Shapes t = new Shapes(); Shapes.Inner i = t.new Inner(); return i.get(); }
    static int sup() { // = 14
        return new Derived().f() + count; }
    static String rec() { // = 3n7
        Point p = new Point(3, "n"); return p.x() + p.name() + count; }
    static int tern() { // = 12
        int a = 3; boolean b = a > 2 && a != 5 || a == 9; return (b ? 1 : 2) * 10 + (a < 3 ? 1 : 2); }
    static int arr() { // = 17
        int[] a = {1, 2, 3}; int[][] b = new int[][]{{4, 5}, a}; a[0] += 6; int s = 0; for (int x : b[1]) s += x; return s + b[0][1]; }
    static String iter() { // = xyz
        List<String> l = Arrays.asList("x", "y", "z"); String r = ""; for (String s : l) r += s; return r; }
    static int incr() { // = 13
        int i = 1; int j = i++ * 10; j += ++i; return j; }
    static long wide() { // = 4294967298
        long a = 1L << 32; int b = 2; return a + b; }
    static int cast() { // = -1
        int d = 511; byte b = (byte) d; return b; }
    static int box() { // = 9
        Integer x = 4; int y = x + 5; Object o = y; return (Integer) o; }
    static boolean inst() { // = true
        Object o = new Derived(); return o instanceof Base b && b.f() == 11; }
    static int dowhile() { // = 10
        int i = 0; do { i += 2; if (i == 4) continue; } while (i < 10); return i; }
    static int fields() { // = 8
        Shapes t = new Shapes(); t.next = new Shapes(); t.next.own += 3; return t.next.own; }
    static int many() { // = 210
        int a=1,b=2,c=3,d=4,e=5,f=6,g=7,h=8,i=9,j=10,k=11,l=12,m=13,n=14,o=15,p=16,q=17,r=18,s=19,t=20; return six(a,b,c,d,e,f)+six(g,h,i,j,k,l)+m+n+o+p+q+r+s+t; }
    static int six(int a, int b, int c, int d, int e, int f) { return a + b + c + d + e + f; }
    static int manyfields() { // = 26
        int a=1,b=2,c=3,d=4,e=5,f=6,g=7,h=8,i=9,j=10,k=11,l=12,m=13,n=14,o=15,p=16,q=17,r=18; Shapes z = new Shapes(); z.own = r; z.own += c; return a < r ? z.own + e : 0; }
    static int sync() { // = 5
        Object o = new Shapes(); synchronized (o) { return 5; } }
    static String cond() { // = ab
        String s = null; if (s == null) { s = "a"; } else s = "q"; if (s != null && s.length() == 1) s = s + "b"; return s; }
    static int local() { // = 6
        int q = 4; class Loc { int w; Loc(int a) { w = a + q; } } return new Loc(2).w; }
    static String vals() { // = 2g
        return Color.values().length + "g"; }
    static int nestfin() { // = 1221
        count = 0; try { try { fail(); } finally { count += 1; } } catch (RuntimeException e) { count += 20; } finally { count += 1200; } return count; }
    static int loopfin() { // = 9
        int s = 0; for (int i = 0; i < 5; i++) { try { if (i == 1) continue; if (i == 3) break; s += i; } finally { s += 1; } } return s + 3; }
}
