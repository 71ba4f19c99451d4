package org.example.patrol.bean;

import com.thoughtworks.xstream.annotations.XStreamAlias;

/* JADX INFO: loaded from: classes.dex */
@XStreamAlias("person")
public class Suspect {

    @XStreamAlias("AJLB")
    private String caseType;

    @XStreamAlias("SFZH")
    private String idCard;

    @XStreamAlias("XM")
    private String name;
    private String remark;

    public void setCaseType(String str) {
        this.caseType = str;
    }

    public void setIdCard(String str) {
        this.idCard = str;
    }

    public void setName(String str) {
        this.name = str;
    }

    public void setRemark(String str) {
        this.remark = str;
    }
}
