package android.media;
import java.nio.ByteBuffer;
public abstract class Image {
    public Plane[] getPlanes() { return null; }
    public abstract static class Plane { public abstract ByteBuffer getBuffer(); }
}
