package org.example.values;

/** Decoders as apps write them. */
final class Decoders {
    static String masked(byte[] data, byte[] key) {
        byte[] plain = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            plain[i] = (byte) (data[i] ^ key[i % key.length]);
        }
        return new String(plain);
    }

    static String shifted(String text, int distance) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            plain.append((char) (text.charAt(i) - distance));
        }
        return plain.toString();
    }

    static byte[] unhex(String text) {
        byte[] data = new byte[text.length() / 2];
        for (int i = 0; i < data.length; i++) {
            int high = Character.digit(text.charAt(2 * i), 16);
            data[i] = (byte) ((high << 4) + Character.digit(text.charAt(2 * i + 1), 16));
        }
        return data;
    }

    static byte[] stream(byte[] key, byte[] data) {
        int[] box = new int[256];
        for (int i = 0; i < 256; i++) {
            box[i] = i;
        }
        for (int i = 0, j = 0; i < 256; i++) {
            j = (j + box[i] + key[i % key.length]) & 255;
            int kept = box[i];
            box[i] = box[j];
            box[j] = kept;
        }
        byte[] plain = new byte[data.length];
        for (int n = 0, i = 0, j = 0; n < data.length; n++) {
            i = (i + 1) & 255;
            j = (j + box[i]) & 255;
            int kept = box[i];
            box[i] = box[j];
            box[j] = kept;
            plain[n] = (byte) (data[n] ^ box[(box[i] + box[j]) & 255]);
        }
        return plain;
    }

    static String deep(int times) {
        return times == 0 ? "end" : "x" + deep(times - 1);
    }

    private Decoders() {}
}
