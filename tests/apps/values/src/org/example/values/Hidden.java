package org.example.values;

import android.net.Uri;
import android.util.Base64;
import java.net.URL;
import java.security.MessageDigest;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Each method uses one address that stands nowhere as it is; its host says how it is hidden. */
public final class Hidden {
    private static final byte[] KEY = {0x13, 0x37, 0x55};
    private static final int[] NUMBERS = {527, 587, 587, 567, 297, 242, 242, 587, 492, 497, 547, 512, 507, 237, 512, 607, 492, 552, 567, 547, 512, 237, 532, 557, 597, 492, 547, 532, 507, 242, 592, 567};
    private static final String[] CODED = {"ivwt\u003f\u0029\u0028smohlh\u0060/g\u007behvkd\u002cjjsgkhf\u002cqu", ""};
    private static final String[] OPEN = new String[2];
    private static final Map<String, String> PLACES = new HashMap<>();
    private static final String WHOLE;

    static {
        PLACES.put("near", "http://mapped.example.invalid");
        PLACES.put("far", "http://other.example.invalid");
        WHOLE = Parts.SCHEME + Parts.started() + "/up";
    }

    enum Server {
        TEST("http://test.example.invalid"), LIVE("http://enum.example.invalid");
        final String base;

        Server(String base) {
            this.base = base;
        }
    }

    void started() throws Exception {
        new URL(WHOLE);
    }

    void joined(String page) throws Exception {
        new URL(Parts.SCHEME + "joined" + Parts.DOMAIN + "/up?page=" + page);
    }

    void formatted() throws Exception {
        new URL(String.format("%s://%s.example.invalid:%d/%04x", "http", "formatted", 8080, 171));
    }

    void message() throws Exception {
        new URL(MessageFormat.format("http://{0}.example.invalid/{1}", "message", "up"));
    }

    void replaced() throws Exception {
        new URL("hxxp://replaced[.]example[.]invalid/up".replace("[.]", ".").replace('x', 't')
            .replace("etample", "example"));
    }

    void reversed() throws Exception {
        new URL(new StringBuilder("pu/dilavni.elpmaxe.desrever//:ptth").reverse().toString());
    }

    void coded() throws Exception {
        new URL(new String(Base64.decode("aHR0cDovL2NvZGVkLmV4YW1wbGUuaW52YWxpZC91cA==", Base64.DEFAULT), "UTF-8"));
    }

    void basic() throws Exception {
        byte[] plain = java.util.Base64.getDecoder().decode("aHR0cDovL2Jhc2ljLmV4YW1wbGUuaW52YWxpZC91cA==");
        new URL(new String(plain, java.nio.charset.StandardCharsets.UTF_8));
    }

    void masked() throws Exception {
        new URL(Decoders.masked(new byte[] {123, 67, 33, 99, 13, 122, 60, 90, 52, 96, 92, 48, 119, 25, 48, 107, 86, 56, 99, 91, 48, 61, 94, 59, 101, 86, 57, 122, 83, 122, 102, 71}, KEY));
    }

    void shifted() throws Exception {
        new URL(Decoders.shifted("kwws\u003d22vkliwhg1h\u007bdpsoh1lqydolg2xs", 3));
    }

    void tabled() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int number : NUMBERS) {
            text.append((char) ((number - 7) / 5));
        }
        new URL(text.toString());
    }

    private static String rolled(int index) {
        if (OPEN[index] == null) {
            char[] letters = CODED[index].toCharArray();
            for (int i = 0; i < letters.length; i++) {
                letters[i] = (char) (letters[i] ^ (i % 7 + 1));
            }
            OPEN[index] = new String(letters).intern();
        }
        return OPEN[index];
    }

    void rolling() throws Exception {
        new URL(rolled(0));
    }

    void hexed() throws Exception {
        new URL(new String(Decoders.unhex("687474703a2f2f68657865642e6578616d706c652e696e76616c69642f7570"), "UTF-8"));
    }

    void sealed() throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        byte[] iv = new byte[16];
        for (int i = 0; i < iv.length; i++) {
            iv[i] = (byte) i;
        }
        SecretKeySpec key = new SecretKeySpec("0123456789abcdef".getBytes("UTF-8"), "AES");
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv));
        new URL(new String(cipher.doFinal(Base64.decode("Jc32rxRmC0C9+wvNV/ycqMou4KgIUmu2dnOn1mmSazxxIge+JaCwIXbMNOQMZuox", 0))));
    }

    void digest() throws Exception {
        byte[] key = MessageDigest.getInstance("MD5").digest("passphrase".getBytes());
        Cipher cipher = Cipher.getInstance("AES");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"));
        new URL(new String(cipher.doFinal(Decoders.unhex("6cb5b3c6a8d6e39f7ec908dab37e90a86ce2c5a303f5fc1490421d23ef082d2f58c47555bbd95c9c5cb5478ebe128dde"))));
    }

    void olden() throws Exception {
        Cipher cipher = Cipher.getInstance("DES/ECB/PKCS5Padding");
        cipher.init(2, new SecretKeySpec("8bytekey".getBytes(), "DES"));
        new URL(new String(cipher.doFinal(new byte[] {-93, 55, 110, -11, -60, -119, -20, 103, 38, 43, -36, 39, 19, 78, 85, -23, -32, 46, 36, 86, 91, -102, -68, 87, -118, -77, -59, -9, -18, 120, 99, 49})));
    }

    void stream() throws Exception {
        new URL(new String(Decoders.stream("secret".getBytes(), new byte[] {-123, 66, -90, 108, -72, -117, -7, -43, 70, -71, -34, -67, -98, -56, -112, 79, -52, 90, 2, -114, -26, -35, -83, 50, 6, 29, 24, -114, -66, 69, 32, 111})));
    }

    void chosen() throws Exception {
        new URL(Server.LIVE.base + "/up");
    }

    void mapped() throws Exception {
        new URL(PLACES.get("near") + "/up");
    }

    void passed() throws Exception {
        new Client("http://passed.example.invalid").send("up");
    }

    void either(boolean test) throws Exception {
        String host = test ? "either" : "orelse";
        new URL("http://" + host + ".example.invalid/up");
    }

    void listed() throws Exception {
        List<String> parts = new ArrayList<>();
        parts.add("http:");
        parts.add("");
        parts.add("listed.example.invalid");
        parts.add("up");
        new URL(String.join("/", parts));
    }

    void built() {
        Uri.Builder builder = new Uri.Builder().scheme("http").authority("built.example.invalid");
        Uri.parse(builder.appendPath("up").appendQueryParameter("q", "a b").build().toString());
    }

    void body(String phone, Client client) throws Exception {
        org.json.JSONObject place = new org.json.JSONObject();
        place.put("city", "X").put("level", 3);
        org.json.JSONObject body = new org.json.JSONObject();
        body.put("phone", phone);
        body.put("place", place);
        body.put("tags", new org.json.JSONArray().put("a").put(true));
        client.send(body.toString());
        Uri.parse(body.toString());
    }

    void reflected() throws Exception {
        Class.forName(Decoders.shifted("ruj1h\u007bdpsoh1ydoxhv1Folhqw", 3));
    }

    void unknown(String given) throws Exception {
        new URL(Decoders.shifted(given, 3));
    }

    void endless(String given) throws Exception {
        StringBuilder text = new StringBuilder("http://");
        while (true) {
            text.append("endless");
            new URL(text.toString() + given);
        }
    }

    void deep() throws Exception {
        new URL("http://" + Decoders.deep(1_000_000));
    }

    void huge() throws Exception {
        char[] letters = new char[0x7fffffff];
        letters[0x7ffffff0] = 'h';
        new URL("http://" + new String(letters));
    }

    void divided(int zero) throws Exception {
        int nothing = 0;
        new URL("http://" + (1 / nothing));
    }
}
