"""Answers of filings that the sample procedures accept."""

APPEAL = {
    "category": "initial",
    "decision": "认可决定 2026-12",
    "decided_on": "2026-02-20",
    "account": "初次评审没有看我们提交的第二份材料。",
    "name": "张三",
    "email": "zhang@example.com",
    "consent": "yes",
}
COMPLAINT = {
    "account": "柜台让我等了三个小时。",
    "name": "李四",
    "phone": "400-000-0000",
    "consent": "yes",
}
GRIEVANCE = {
    "account": "排班连续四周没有休息。",
    "name": "王五",
    "email": "wang@example.com",
    "consent": "yes",
}
