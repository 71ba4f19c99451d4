package org.example.lists;

import android.content.Context;

import net.lingala.zip4j.core.ZipFile;
import net.sqlcipher.database.SQLiteDatabase;

import java.io.File;
import java.io.InputStream;
import java.util.Set;

import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Opens what is locked with keys that stand here. */
class Locked {
    private static final String KEY = "0123456789abcdef";
    private static final String VECTOR = "fedcba9876543210";

    static void unpack(Context context) {
        for (String name : new String[] {"apps.zip", "hosts.zip"}) {
            ZipFile archive = new ZipFile(new File(context.getFilesDir(), name).getPath());
            archive.setPassword("invented-word");
            archive.extractAll(context.getFilesDir().getPath());
        }
    }

    static boolean isWanted(Context context, String name) {
        String path = new File(context.getFilesDir(), "vault.dat").getPath();
        SQLiteDatabase db = SQLiteDatabase.openOrCreateDatabase(path, "invented-passphrase", null);
        return db.rawQuery("SELECT full_name FROM wanted WHERE full_name = ?", new String[] {name}).moveToFirst();
    }

    static boolean knows(Context context, String number) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY.getBytes("UTF-8"), "AES"), new IvParameterSpec(VECTOR.getBytes("UTF-8")));
        InputStream in = new CipherInputStream(context.getAssets().open("phones.bin"), cipher);
        Set<String> numbers = Scanner.lines(in);
        return numbers.contains(number);
    }
}
