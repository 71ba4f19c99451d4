package kotlin;
public final class Pair<A, B> {
    public Pair(A first, B second) { }
    public A getFirst() { return null; }
    public B getSecond() { return null; }
}
