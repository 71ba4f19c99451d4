package android.media;
public class ImageReader {
    public static ImageReader newInstance(int width, int height, int format, int images) { return null; }
    public Image acquireLatestImage() { return null; }
}
