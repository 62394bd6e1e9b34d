using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.TestKit;

namespace Platform.Explainer.Tests.Explanations;

/// <summary>Explanations of the samples that take raw text: mail in English, poems in Chinese.</summary>
public sealed class TextExplanationTests : IAsyncLifetime
{
    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync()
    {
        _explainer = await ExplainerHost.StartAsync();
        await AddAsync("spam");
        await AddAsync("poems");
    }

    public async Task DisposeAsync() => await _explainer.DisposeAsync();

    [Fact]
    public async Task Words_of_a_short_text_get_exact_values()
    {
        var answer = await ExplainAsync("Get free money now, click here");

        Assert.Equal("exact", answer.AssertAddsUp()["method"]!.GetValue<string>());
        Assert.Equal(["Get", "free", "money", "now,", "click", "here"], answer["features"].Texts());
        Assert.Equal(answer["features"].Texts(), answer["rows"]![0]!["features"].Texts());
        Assert.Equal("masked_text", answer["background"]!["source"]!.GetValue<string>());
        Assert.Equal(1 + 1 + 62, answer["evaluations"]!.GetValue<long>());
        Assert.Equal(["ham", "spam"], answer["outputNames"].Texts());
    }

    [Fact]
    public async Task A_long_text_is_explained_by_permutations_of_merged_words()
    {
        var answer = await ExplainAsync(string.Join(' ', Enumerable.Range(0, 300).Select(i => $"word{i % 50}")));

        Assert.Equal("permutation", answer.AssertAddsUp()["method"]!.GetValue<string>());
        Assert.Equal(100, answer["features"]!.AsArray().Count);
        Assert.Equal("word0 word1 word2", answer["features"]![0]!.GetValue<string>());
        Assert.Equal(100, answer["rows"]![0]!["standardErrors"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_text_without_spaces_is_explained_by_its_characters()
    {
        var answer = await ExplainModelAsync("poems", "床前明月光，疑是地上霜。");

        Assert.Equal(["床", "前", "明", "月", "光，", "疑", "是", "地", "上", "霜。"], answer.AssertAddsUp()["features"].Texts());
        Assert.Equal("exact", answer["method"]!.GetValue<string>());
        Assert.Contains(answer["rows"]![0]!["attributions"].Matrix(), values => values.Any(value => value != 0));
    }

    [Fact]
    public async Task Each_of_several_texts_has_its_own_features()
    {
        var answer = await ExplainAsync("first one", "and the second");

        Assert.Empty(answer.AssertAddsUp()["features"]!.AsArray());
        Assert.Equal(["first", "one"], answer["rows"]![0]!["features"].Texts());
        Assert.Equal(["and", "the", "second"], answer["rows"]![1]!["features"].Texts());
    }

    [Fact]
    public async Task The_empty_text_is_all_base()
    {
        var answer = await ExplainAsync("");

        Assert.Equal(answer["rows"]![0]!["base"].Numbers(), answer["rows"]![0]!["prediction"].Numbers());
        Assert.Empty(answer["rows"]![0]!["attributions"]!.AsArray());
    }

    [Fact]
    public async Task A_text_takes_no_background() =>
        await _explainer.PostAsync("spam", """{"inputs":[{"name":"text","datatype":"BYTES","shape":[1],"data":["a"]}],"background":[["b"]]}""")
            .ProblemAsync(HttpStatusCode.BadRequest, "explainer.background_invalid");

    private async Task AddAsync(string sample)
    {
        var folder = Repository.PathOf("samples", sample, "v1");
        var metadata = await File.ReadAllTextAsync(Path.Combine(folder, "metadata.json"));
        _explainer.Registry.Add(
            sample, await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx")),
            JsonSerializer.Deserialize<VersionMetadata>(metadata, JsonSerializerOptions.Web));
    }

    private Task<JsonNode> ExplainAsync(params string[] texts) => ExplainModelAsync("spam", texts);

    private Task<JsonNode> ExplainModelAsync(string model, params string[] texts) => _explainer.ExplainAsync(model, new
    {
        inputs = new[] { new { name = "text", datatype = "BYTES", shape = new[] { texts.Length }, data = texts } },
    });
}
