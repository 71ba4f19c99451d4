package org.example.flows.basic;

import android.app.Activity;
import android.os.Bundle;
import android.provider.Settings;
import android.util.Base64;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.example.flows.Net;

public class Encrypted extends Activity {
    @Override
    protected void onStart() {
        super.onStart();
        String id = Settings.Secure.getString(getContentResolver(), Settings.Secure.ANDROID_ID);
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec("0123456789abcdef".getBytes(), "AES"));
            byte[] hidden = cipher.doFinal(id.getBytes());
            Net.post(Base64.encodeToString(hidden, Base64.NO_WRAP));
        } catch (GeneralSecurityException problem) {
            finish();
        }
    }
}
