using Platform.Monitor.Features;

namespace Platform.Monitor.Tests.Features;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Win $1,000 NOW!!", new[] { "Win", "1", "000", "NOW" })]
    [InlineData("naïve café", new[] { "naïve", "café" })]
    [InlineData("床前明月光，疑是", new[] { "床", "前", "明", "月", "光", "疑", "是" })]
    [InlineData("GPU卡 x2", new[] { "GPU", "卡", "x2" })]
    [InlineData("\ud840\udc00a", new[] { "\ud840\udc00", "a" })]
    [InlineData(" \t\n", new string[0])]
    [InlineData("", new string[0])]
    public void A_text_is_cut_into_words_and_Han_into_characters(string text, string[] expected)
    {
        var words = new List<string>();
        foreach (var word in new Words(text))
            words.Add(word.ToString());

        Assert.Equal(expected, words);
    }

    [Fact]
    public void A_word_is_known_if_enough_texts_have_it_and_a_text_of_the_reference_does_not_count_for_itself()
    {
        var vocabulary = new Vocabulary();
        vocabulary.Learn("the cat sat sat sat");
        vocabulary.Learn("the cat ran");
        vocabulary.Learn("the dog ran");

        Assert.Equal((3, 1 / 3.0), vocabulary.Measure("THE CAT sat", isOfVocabulary: false));
        Assert.Equal((3, 2 / 3.0), vocabulary.Measure("the cat sat", isOfVocabulary: true));
        Assert.Equal((2, 0.5), vocabulary.Measure("the zebra", isOfVocabulary: false));
        Assert.True(double.IsNaN(vocabulary.Measure("…", isOfVocabulary: false).UnseenShare));
    }
}
