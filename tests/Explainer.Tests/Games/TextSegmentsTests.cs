using Platform.Explainer.Games;

namespace Platform.Explainer.Tests.Games;

public sealed class TextSegmentsTests
{
    [Theory]
    [InlineData("buy cheap pills", "buy |cheap |pills")]
    [InlineData("  Hello,  world!\n", "  Hello,  |world!\n")]
    [InlineData("春眠不觉晓，处处闻啼鸟。", "春|眠|不|觉|晓，|处|处|闻|啼|鸟。")]
    [InlineData("用BERT模型 now", "用|BERT|模|型 |now")]
    [InlineData("𠮷野家", "𠮷|野|家")]
    [InlineData("กี มา", "กี |ม|า")]
    [InlineData("e\u0301t\u0301 a", "e\u0301t\u0301 |a")]
    [InlineData("   ", "   ")]
    [InlineData("word", "word")]
    public void A_text_is_cut_into_words_or_characters(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', Pieces(text, 100)));
    }

    [Fact]
    public void The_empty_text_has_no_segments()
    {
        Assert.Empty(TextSegments.Split("", 10));
    }

    [Fact]
    public void A_long_text_is_merged_into_even_neighbours()
    {
        Assert.Equal("a b |c d e |f g |h i j", string.Join('|', Pieces("a b c d e f g h i j", 4)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(10_000)]
    public void Segments_always_tile_the_text(int maximum)
    {
        var random = new Random(maximum);
        const string alphabet = "ab ,。字\t😀é\u0301\ud800";
        for (var trial = 0; trial < 200; trial++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(300)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var pieces = Pieces(text, maximum);

            Assert.Equal(text, string.Concat(pieces));
            Assert.True(pieces.Length <= maximum);
            Assert.DoesNotContain("", pieces);
        }
    }

    [Fact]
    public void A_label_is_the_trimmed_segment_and_long_ones_are_shortened()
    {
        Assert.Equal("two words", new TextSegment(1, 12).Label("x two \n words "));
        var label = new TextSegment(0, 500).Label(new string('a', 250) + new string('b', 250));
        Assert.Equal(81, label.Length);
        Assert.StartsWith("aaa", label);
        Assert.EndsWith("bbb", label);
    }

    private static string[] Pieces(string text, int maximum) =>
        [.. TextSegments.Split(text, maximum).Select(segment => text.Substring(segment.Start, segment.Length))];
}
