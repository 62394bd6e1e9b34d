using Microsoft.Net.Http.Headers;
using Platform.Explainer.Wording;

namespace Platform.Explainer.Tests.Wording;

public sealed class LanguagesTests
{
    [Theory]
    [InlineData(null, "", "en")]
    [InlineData(null, "zh", "zh")]
    [InlineData(null, "zh-CN,zh;q=0.9,en;q=0.8", "zh")]
    [InlineData(null, "ZH-Hant", "zh")]
    [InlineData(null, "en;q=0.5,zh;q=0.9", "zh")]
    [InlineData(null, "de,fr;q=0.5", "en")]
    [InlineData(null, "de,zh;q=0.5", "zh")]
    [InlineData(null, "zh;q=0", "en")]
    [InlineData("en", "zh", "en")]
    [InlineData("zh", "en", "zh")]
    public void The_language_is_the_one_asked_for_or_the_best_that_is_accepted(string? tag, string accepted, string expected) =>
        Assert.Equal(expected, Languages.Choose(tag, accepted.Length == 0 ? [] : StringWithQualityHeaderValue.ParseList([accepted])).Language);
}
