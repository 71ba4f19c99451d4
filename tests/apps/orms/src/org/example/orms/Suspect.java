package org.example.orms;

import org.litepal.crud.LitePalSupport;

public class Suspect extends LitePalSupport {
    private String nickName;
    private int age;
    private transient int row;

    public String getNickName() {
        return nickName + age + row;
    }
}
