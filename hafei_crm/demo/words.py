"""Names of people, companies, cities: the raw material of a believable Hafei."""

from random import Random


def listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
    "彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
)
GIVEN = listed(
    "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 玉兰 红梅 建国 秀英 "
    "志强 海燕 晓明 丽华 文斌 宇航 子涵 雪梅 立新 国庆 春雷 桂兰 鹏 浩然 子轩 梓涵 思雨 佳怡 曦 "
    "志远 冬梅 俊峰 永生 德胜 凤霞 振华 福生 建军 长江 松柏 雅琴 慧敏 少华"
)
REGIONS = {
    "NORTH": ("东北大区", {"黑龙江": "哈尔滨 齐齐哈尔 牡丹江 佳木斯 大庆", "吉林": "长春 吉林", "辽宁": "沈阳 大连"}),
    "HUABEI": ("华北大区", {"北京": "北京", "天津": "天津", "河北": "石家庄 唐山", "山西": "太原", "内蒙古": "包头"}),
    "EAST": ("华东大区", {"上海": "上海", "江苏": "南京 苏州", "浙江": "杭州", "山东": "济南 青岛", "安徽": "合肥"}),
    "CENTRAL": ("华中大区", {"湖北": "武汉 宜昌", "湖南": "长沙", "河南": "郑州 洛阳 南阳", "江西": "南昌"}),
    "SOUTH": ("华南大区", {"广东": "广州 深圳 佛山", "广西": "南宁", "福建": "福州 厦门", "海南": "海口"}),
    "SOUTHWEST": ("西南大区", {"四川": "成都 绵阳", "重庆": "重庆", "云南": "昆明", "贵州": "贵阳"}),
    "NORTHWEST": ("西北大区", {"陕西": "西安 宝鸡", "甘肃": "兰州", "新疆": "乌鲁木齐", "宁夏": "银川"}),
}
DEALER_WORDS = listed(
    "鸿运 永盛 天成 远大 宏达 瑞丰 金桥 安顺 通达 兴隆 德胜 华龙 龙江 北方 恒信 万通 顺达 庆丰 广源 东升"
)
FLEETS = (
    ("出租汽车有限公司", "taxi"),
    ("物流有限公司", "logistics"),
    ("汽车租赁有限公司", "leasing"),
    ("快递服务有限公司", "logistics"),
    ("食品有限公司", "company"),
    ("电器销售有限公司", "company"),
)
STREETS = listed("中山路 人民大街 建设路 解放路 友谊路 长江路 和平街 新华大街 工农路 文化街")
WISHES = (
    "询问路宝现车和颜色",
    "对比同级车型的价格",
    "需要分期付款方案",
    "等年终奖发放后购车",
    "家人陪同看车，对空间满意",
    "试驾后觉得动力够用",
    "希望赠送保养",
    "车用于送货，关注载重",
    "问置换补贴",
    "预约周末到店",
    "报价后说再考虑",
    "催问提车时间",
    "回访：用车满意",
    "提醒首保",
)


def person(rng: Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def mobile(serial: int) -> str:
    """Eleven digits, spread over the usual beginnings; different for each serial below a hundred million."""
    return f"1{(3, 5, 7, 8)[serial % 4]}{serial % 9}{(serial * 7919 + 13_579) % 100_000_000:08d}"
