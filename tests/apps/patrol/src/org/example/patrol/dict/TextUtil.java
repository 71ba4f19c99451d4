package org.example.patrol.dict;

/* JADX INFO: compiled from: DictManager.java */
/* JADX INFO: loaded from: classes.dex */
class TextUtil {
    TextUtil() {
    }

    static boolean eq(String str, String str2) {
        return str != null && str.equals(str2);
    }
}
