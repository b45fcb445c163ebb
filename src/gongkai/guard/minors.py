"""Names of children: a guess by the words beside them, for someone to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HAN = "[一-鿿]"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹"
    "狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍"
    "虞万支柯管卢莫房缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲封靳邴松井段富巫乌焦巴弓牧谷车"
    "侯宓蓬全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司黎乔苍双闻莘党翟谭贡劳冉桑桂牛寿通边燕冀尚农温庄柴瞿"
    "阎充慕连茹习宦艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄东欧利师巩聂关荆闫肖覃岳涂代白佟"
)
_NAME = rf"[{_SURNAMES}]{_HAN}{{1,2}}"
_SURE = "".join(
    sign for sign in _SURNAMES if sign not in "和于时成常安全都国连通平明方应向许计单从居高水金红席万能须终"
)
_RUN_ON = re.compile(rf"(?:学生|考生|幼儿|儿童)(?P<name>[{_SURE}]{_HAN}{{2}})(?={_HAN})")
"""In running text nothing ends a name; a surname that is no everyday word and two more signs are a guess."""
_CHILD = re.compile(
    rf"(?:学生|未成年人|儿童|幼儿|考生|新生|小学生|初中生|高中生|之子|之女|子女|被监护人)(?:姓名)?[ :：]*(?P<name>{_NAME})(?!{_HAN})"
)
_AGED = re.compile(
    rf"(?P<name>{_NAME})(?!{_HAN})[ ]*[,，、（(]?[ ]*(?:[男女][ ]*[,，、]?[ ]*)?(?P<age>[0-9]{{1,2}})[ ]*周?岁"
)
_GROWN = 18
_NO_NAME = frozenset("和与及等的在于应须可将当家长不有能要会是为从被对向中学年级班校生们某人数")


def minors_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the names stand."""
    seen: set[tuple[int, int]] = set()
    for form in (_CHILD, _AGED, _RUN_ON):
        for match in form.finditer(text):
            age = match.groupdict().get("age")
            name = match["name"]
            if (age is not None and int(age) >= _GROWN) or _NO_NAME & set(name[1:]) or "某" in name:
                continue
            if match.span("name") not in seen:
                seen.add(match.span("name"))
                yield match.span("name")
