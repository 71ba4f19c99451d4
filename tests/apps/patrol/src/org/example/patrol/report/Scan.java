package org.example.patrol.report;

import android.content.Context;
import android.content.pm.PackageInfo;
import org.example.patrol.R;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.DESKeySpec;

/* JADX INFO: loaded from: classes.dex */
public class Scan {
    private static final byte[] K = {49, 50, 51, 52, 53, 54, 55, 56};
    private byte[] table;
    private HashSet<String> tz = new HashSet<>();
    private List<Sample> samples = new ArrayList();
    private List<String> words = new ArrayList();
    private Set<String> apps = new HashSet();

    static class Sample {
        byte[] md5 = new byte[16];
        int size;

        Sample() {
        }
    }

    public void load(Context context) throws Exception {
        DataInputStream dataInputStream = new DataInputStream(context.getAssets().open("tezheng.bin"));
        int i = dataInputStream.readInt();
        for (int i2 = 0; i2 < i; i2++) {
            Sample sample = new Sample();
            sample.size = dataInputStream.readInt();
            dataInputStream.readFully(sample.md5);
            this.samples.add(sample);
        }
        Cipher cipher = Cipher.getInstance("DES/ECB/PKCS5Padding");
        cipher.init(2, SecretKeyFactory.getInstance("DES").generateSecret(new DESKeySpec(K)));
        InputStream inputStreamOpen = context.getAssets().open("kw.dat");
        ByteArrayOutputStream byteArrayOutputStream = new ByteArrayOutputStream();
        byte[] bArr = new byte[1024];
        while (true) {
            int i3 = inputStreamOpen.read(bArr);
            if (i3 <= 0) {
                break;
            } else {
                byteArrayOutputStream.write(bArr, 0, i3);
            }
        }
        String[] strArrSplit = new String(cipher.doFinal(byteArrayOutputStream.toByteArray()), "utf-8").split("\n");
        for (String str : strArrSplit) {
            this.words.add(str);
        }
        BufferedReader bufferedReader = new BufferedReader(new InputStreamReader(context.getAssets().open("yp.txt")));
        while (true) {
            String line = bufferedReader.readLine();
            if (line == null) {
                break;
            }
            this.tz.add(line.split("\\|")[0]);
        }
        InputStream inputStreamOpenRawResource = context.getResources().openRawResource(R.raw.soft);
        int iAvailable = inputStreamOpenRawResource.available();
        byte[] bArr2 = new byte[iAvailable];
        inputStreamOpenRawResource.read(bArr2);
        for (int i4 = 0; i4 < iAvailable; i4++) {
            bArr2[i4] = (byte) (bArr2[i4] ^ 90);
        }
        for (String str2 : new String(bArr2).split(",")) {
            this.apps.add(str2);
        }
    }

    public int scan(File file) throws Exception {
        int iScan = 0;
        for (File file2 : file.listFiles()) {
            if (file2.isDirectory()) {
                iScan += scan(file2);
            } else {
                MessageDigest messageDigest = MessageDigest.getInstance("MD5");
                FileInputStream fileInputStream = new FileInputStream(file2);
                byte[] bArr = new byte[8192];
                while (true) {
                    int i = fileInputStream.read(bArr);
                    if (i <= 0) {
                        break;
                    }
                    messageDigest.update(bArr, 0, i);
                }
                byte[] bArrDigest = messageDigest.digest();
                for (Sample sample : this.samples) {
                    if (sample.size == file2.length() && Arrays.equals(sample.md5, bArrDigest)) {
                        iScan++;
                    }
                }
                if (this.tz.contains(hex(bArrDigest))) {
                    iScan++;
                }
                Iterator<String> it = this.words.iterator();
                while (it.hasNext()) {
                    if (file2.getName().contains(it.next())) {
                        iScan++;
                    }
                }
            }
        }
        return iScan;
    }

    static String hex(byte[] bArr) {
        StringBuilder sb = new StringBuilder();
        for (byte b : bArr) {
            sb.append(String.format("%02x", Byte.valueOf(b)));
        }
        return sb.toString();
    }

    public List<String> soft(Context context) {
        ArrayList arrayList = new ArrayList();
        for (PackageInfo packageInfo : context.getPackageManager().getInstalledPackages(0)) {
            if (this.apps.contains(packageInfo.packageName)) {
                arrayList.add(packageInfo.packageName);
            }
        }
        return arrayList;
    }
}
