using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Monitor.Tests.Analyses;

public sealed class DriftAnalysisTests(AnalysisHost host) : IClassFixture<AnalysisHost>
{
    private static readonly string[] NumericalTests =
    [
        "ks", "psi", "kl", "js", "hellinger", "total_variation", "wasserstein", "wasserstein_normalised", "energy", "mann_whitney",
        "welch_t", "cramer_von_mises", "anderson_darling",
    ];

    private static readonly string[] CategoricalTests = ["chi_square", "psi", "kl", "js", "hellinger", "total_variation", "g_test"];

    [Theory]
    [InlineData(0, 0.0, false)]
    [InlineData(300, 1.0, true)]
    public async Task Whole_numbers_that_no_double_tells_apart_are_compared_as_they_are(int shift, double statistic, bool drifted)
    {
        const long First = 9_100_000_000_000_000_000;
        var body = new { features = new[] { new
        {
            name = "id",
            reference = Enumerable.Range(0, 300).Select(at => First + at),
            current = Enumerable.Range(shift, 300).Select(at => First + at),
        } }, tests = new[] { "ks" } };

        var feature = (await host.AnswerAsync("drift", JsonSerializer.Serialize(body)))["features"]![0]!;

        Assert.Equal(statistic, feature["tests"]![0]!["statistic"]!.GetValue<double>(), 1e-12);
        Assert.Equal(drifted, feature["drifted"]!.GetValue<bool>());
        Assert.All(feature["bins"]!["edges"]!.AsArray(), edge => Assert.InRange(edge!.GetValue<double>(), First - 1_000, First + 1_000));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    [InlineData("\"nan\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"N/A\"")]
    public async Task A_missing_number_may_be_written_in_every_way(string missing)
    {
        var answer = await host.AnswerAsync("drift",
            $$"""{"features":[{"name":"n","kind":"numerical","reference":[1,2,3],"current":[1,2,{{missing}},3]}],"tests":["ks"]}""");

        Assert.Equal(0, answer["features"]![0]!["tests"]![0]!["statistic"]!.GetValue<double>(), 1e-15);
    }

    [Theory]
    [InlineData("true", "1", false)]
    [InlineData("\"1.0\"", "1", false)]
    [InlineData("\"True\"", "true", false)]
    [InlineData("\"1.10\"", "\"1.1\"", true)] // two versions
    public async Task A_category_is_the_same_as_a_text_a_number_and_a_boolean(string one, string other, bool drifted)
    {
        static string Column(string value) => $"[{string.Join(',', Enumerable.Range(0, 90).Select(at => at % 2 == 0 ? value : "\"x\""))}]";
        var answer = await host.AnswerAsync("drift",
            $$"""{"features":[{"name":"c","kind":"categorical","reference":{{Column(one)}},"current":{{Column(other)}}}]}""");

        Assert.Equal(drifted, answer["drifted"]!.GetValue<bool>());
    }

    public static TheoryData<string> Names =>
        [.. Golden.Statistics.GetProperty("distributions").EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_golden_file_is_met_over_HTTP(string name)
    {
        var item = Golden.Statistics.GetProperty("distributions").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        var isNumerical = item.GetProperty("kind").GetString() == "numerical";
        var body = new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject
            {
                ["name"] = name,
                ["kind"] = item.GetProperty("kind").GetString(),
                ["reference"] = JsonNode.Parse(item.GetProperty("reference").GetRawText()),
                ["current"] = JsonNode.Parse(item.GetProperty("current").GetRawText()),
            }),
            ["tests"] = JsonSerializer.SerializeToNode(isNumerical ? NumericalTests : CategoricalTests),
        };

        var feature = (await host.AnswerAsync("drift", body.ToJsonString()))["features"]![0]!;

        var expected = item.GetProperty("expected");
        var found = feature["tests"]!.AsArray().ToDictionary(test => test!["test"]!.GetValue<string>(), test => test!);
        Assert.Equal(isNumerical ? NumericalTests : CategoricalTests, found.Keys);
        Agreement.Statistic(expected.GetProperty("psi").GetDouble(), found["psi"]["statistic"]!.GetValue<double>(), "psi");
        Agreement.Statistic(expected.GetProperty("js_distance_base2").GetDouble(), found["js"]["statistic"]!.GetValue<double>(), "js");
        Assert.Null(found["psi"]["pValue"]);
        var test = isNumerical ? "mann_whitney" : "chi_square";
        Agreement.PValue(expected.GetProperty($"{test}_pvalue").GetDouble(), found[test]["pValue"]!.GetValue<double>(), test);
        Assert.Equal(isNumerical, feature["bins"]!["edges"] is not null);
        Assert.Equal(!isNumerical, feature["bins"]!["categories"] is not null);
        Assert.Equal(1, feature["bins"]!["reference"]!.AsArray().Sum(share => share!.GetValue<double>()), 9);
    }

    [Fact]
    public async Task Without_tests_the_data_choose_and_the_answer_says_why()
    {
        var answer = await host.AnswerAsync("drift", """
            {"features":[
              {"name":"age","kind":"numerical","reference":[31,42,55,28,37,61,44,39],"current":[21,23,22,25,20,24,22,23]},
              {"name":"purpose","reference":["car","tv","car","tv","car","tv","car","tv"],"current":["car","tv","car","tv","car","tv","car","tv"]}]}
            """);

        var (age, purpose) = (answer["features"]![0]!, answer["features"]![1]!);
        Assert.Equal("ks", age["deciding"]!.GetValue<string>());
        Assert.Contains("Kolmogorov", age["rule"]!.GetValue<string>());
        Assert.True(age["drifted"]!.GetValue<bool>());
        Assert.Equal("categorical", purpose["kind"]!.GetValue<string>());
        Assert.Equal("fisher_exact", purpose["deciding"]!.GetValue<string>());
        Assert.False(purpose["drifted"]!.GetValue<bool>());
        Assert.Equal(0.5, answer["driftedShare"]!.GetValue<double>());
        Assert.True(answer["drifted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_spread_beyond_any_number_leaves_distances_undefined()
    {
        var answer = await host.AnswerAsync("drift", """
            {"features":[{"name":"x","kind":"numerical","reference":[1e308,-1e308,0],"current":[1,2,3]}],"tests":["wasserstein","energy"]}
            """);

        Assert.Null(answer["drifted"]);
        Assert.All(answer["features"]![0]!["tests"]!.AsArray(), test => Assert.Null(test!["threshold"]));
        Assert.All(answer["features"]![0]!["tests"]!.AsArray(), test => Assert.Null(test!["drifted"]));
    }

    [Fact]
    public async Task A_feature_that_cannot_be_judged_does_not_count_among_the_others()
    {
        var answer = await host.AnswerAsync("drift", """
            {"features":[{"name":"empty","kind":"numerical","reference":[],"current":[1]},
              {"name":"age","reference":[31,42,55,28,37,61,44,39],"current":[21,23,22,25,20,24,22,26]}]}
            """);

        Assert.Equal(1, answer["driftedShare"]!.GetValue<double>());
        Assert.True(answer["drifted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Of_many_rows_a_trifle_is_significant_but_no_drift()
    {
        var reference = string.Join(',', Enumerable.Range(0, 20_000).Select(row => row % 1_000));
        var current = string.Join(',', Enumerable.Range(0, 20_000).Select(row => row % 1_000 + 30));
        var body = $$"""{"features":[{"name":"x","reference":[{{reference}}],"current":[{{current}}]}]MORE}""";

        var feature = (await host.AnswerAsync("drift", body.Replace("MORE", "")))["features"]![0]!;
        var test = feature["tests"]![0]!;
        Assert.False(feature["drifted"]!.GetValue<bool>());
        Assert.True(test["pValue"]!.GetValue<double>() < 0.001);
        Assert.Equal(0.03, test["effectSize"]!.GetValue<double>(), 12);
        Assert.Equal(0.05, test["minEffect"]!.GetValue<double>());
        Assert.Contains("below 0.05 and an effect size of at least 0.05", feature["rule"]!.GetValue<string>());

        Assert.True((await host.AnswerAsync("drift", body.Replace("MORE", ",\"minEffect\":0.02")))["drifted"]!.GetValue<bool>());
        var asked = (await host.AnswerAsync("drift", body.Replace("MORE", ",\"tests\":[\"ks\"]")))["features"]![0]!;
        Assert.True(asked["drifted"]!.GetValue<bool>()); // who asks for a test gets its p-value's verdict
        Assert.Null(asked["tests"]![0]!["minEffect"]);
    }

    [Fact]
    public async Task A_requested_distance_has_its_classical_threshold_and_says_what_chance_makes_of_it()
    {
        var random = new Random(5);
        var body = $$"""
            {"features":[{"name":"state","reference":[{{Draw(1_500)}}],"current":[{{Draw(1_200)}}]}],"tests":["js","psi","hellinger","total_variation"]}
            """;

        var feature = (await host.AnswerAsync("drift", body))["features"]![0]!;
        var js = feature["tests"]![0]!;

        Assert.Equal(Math.Sqrt(50 / (8 * Math.Log(2)) * (1 / 1_500.0 + 1 / 1_200.0)), js["byChance"]!.GetValue<double>(), 12);
        Assert.Contains("by chance alone it is about 0.116", feature["rule"]!.GetValue<string>());
        Assert.Equal(js["statistic"]!.GetValue<double>() >= 0.1, feature["drifted"]!.GetValue<bool>());
        Assert.All(feature["tests"]!.AsArray(), test =>
            Assert.InRange(test!["statistic"]!.GetValue<double>() / test["byChance"]!.GetValue<double>(), 0.8, 1.25));

        string Draw(int rows) => string.Join(',', Enumerable.Range(0, rows).Select(_ => $"\"S{random.Next(51)}\""));
    }

    [Fact]
    public async Task A_requested_distance_between_numbers_says_what_chance_makes_of_it_too()
    {
        var random = new Random(6);
        var body = $$"""{"features":[{"name":"x","reference":[{{Draw(300)}}],"current":[{{Draw(200)}}]}],"tests":["wasserstein","wasserstein_normalised","energy"]}""";

        var tests = (await host.AnswerAsync("drift", body))["features"]![0]!["tests"]!.AsArray();

        Assert.All(tests, test => Assert.InRange(test!["statistic"]!.GetValue<double>() / test["byChance"]!.GetValue<double>(), 0.3, 3));

        string Draw(int rows) => string.Join(',', Enumerable.Range(0, rows).Select(_ => random.Next(10_000)));
    }

    [Fact]
    public async Task A_correction_takes_the_number_of_features_into_account()
    {
        var features = string.Join(',', Enumerable.Range(0, 20).Select(at => at == 0
            ? """{"name":"f0","reference":[1,2,3,4,5,6,7,8],"current":[4,5,6,7,8,9,10,14]}"""
            : $$"""{"name":"f{{at}}","reference":[1,2,3,4,5,6,7,8],"current":[1,2,3,4,5,6,7,9]}"""));
        var body = $$"""{"features":[{{features}}],"tests":["mann_whitney"],"correction":"CORRECTION"}""";

        var plain = (await host.AnswerAsync("drift", body.Replace("CORRECTION", "none")))["features"]![0]!;
        var corrected = (await host.AnswerAsync("drift", body.Replace("CORRECTION", "bonferroni")))["features"]![0]!;

        Assert.True(plain["drifted"]!.GetValue<bool>());
        Assert.False(corrected["drifted"]!.GetValue<bool>());
        Assert.Equal(plain["tests"]![0]!["pValue"]!.GetValue<double>(), corrected["tests"]![0]!["pValue"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("[]", "[1,2]")]
    [InlineData("[1,2]", "[]")]
    [InlineData("[null,null]", "[1,2]")]
    [InlineData("""["NaN","Infinity"]""", "[1e999,2]")]
    public async Task Whether_a_sample_without_values_has_drifted_is_undefined(string reference, string current)
    {
        var answer = await host.AnswerAsync("drift", $$"""{"features":[{"name":"f","kind":"numerical","reference":{{reference}},"current":{{current}}}]}""");

        Assert.Null(answer["drifted"]);
        Assert.Null(answer["driftedShare"]);
        Assert.Null(answer["features"]![0]!["drifted"]);
        Assert.Null(answer["features"]![0]!["tests"]![0]!["drifted"]);
        Assert.Null(answer["features"]![0]!["tests"]![0]!["statistic"]);
    }

    [Theory]
    [InlineData("""{"features":[]}""", "features")]
    [InlineData("""{}""", "features")]
    [InlineData("""{"features":[null]}""", "features[0]")]
    [InlineData("""{"features":[{"kind":"numerical","reference":[1],"current":[1]}]}""", "features[0].name")]
    [InlineData("""{"features":[{"name":"a","kind":"nominal","reference":[1],"current":[1]}]}""", "features[0].kind")]
    [InlineData("""{"features":[{"name":"a","kind":"numerical","reference":["x"],"current":[1]}]}""", "features[0].reference[0]")]
    [InlineData("""{"features":[{"name":"a","reference":[1]}]}""", "features[0].current")]
    [InlineData("""{"features":[{"name":"a","reference":[[1]],"current":[1]}]}""", "features[0].reference[0]")]
    [InlineData("""{"features":[{"name":"a","reference":[1],"current":[1]},{"name":"a","reference":[1],"current":[1]}]}""", "features[1].name")]
    [InlineData("""{"features":[{"name":"a","reference":[1],"current":[1]}],"tests":["magic"]}""", "tests[0]")]
    [InlineData("""{"features":[{"name":"a","reference":[1],"current":[1]}],"tests":[]}""", "tests")]
    [InlineData("""{"features":[{"name":"a","reference":[1],"current":[1]}],"alpha":2}""", "alpha")]
    [InlineData("""{"features":[{"name":"a","reference":[1],"current":[1]}],"alpha":"x"}""", "alpha")]
    [InlineData("""{"features":[{"name":"a","reference":[1],"current":[1]}],"correction":"maybe"}""", "correction")]
    [InlineData("""{"features":[{"name":"a","reference":[1],"current":[1]}],"minEffect":1.5}""", "minEffect")]
    [InlineData("""{"features":[{"name":"a","reference":["x"],"current":["y"]}],"tests":["ks"]}""", "features[0]")]
    [InlineData("""{"features":[{"name":"a","reference":[1],"current":[1],"colour":1}]}""", "features[0].colour")]
    [InlineData("""{"features":[{"name":"a","kind":"categorical","reference":["\ud800"],"current":["a"]}]}""", "features[0].reference[0]")]
    [InlineData("""{"features":[{"name":"a","reference":[1],"current":[1]}],"thresholds":{"magic":1}}""", "thresholds")]
    [InlineData("""{"features":""", "features")]
    [InlineData("""[1]""", "body")]
    public async Task A_wrong_body_is_refused_by_field(string body, string field) =>
        Assert.Equal([field], await host.RefusalAsync("drift", body));
}
