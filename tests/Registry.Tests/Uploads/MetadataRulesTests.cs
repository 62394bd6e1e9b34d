using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Registry.Uploads;

namespace Platform.Registry.Tests.Uploads;

public sealed class MetadataRulesTests
{
    private static readonly ModelSignature Signature = new()
    {
        Inputs =
        [
            new TensorSignature { Name = "x", Datatype = "FP32", Shape = [-1, 2] },
            new TensorSignature { Name = "text", Datatype = "BYTES", Shape = [-1] },
        ],
        Outputs =
        [
            new TensorSignature { Name = "probabilities", Datatype = "FP32", Shape = [-1, 2] },
            new TensorSignature { Name = "label", Datatype = "INT64", Shape = [-1, 1] },
        ],
    };

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"description":"d","tags":{"team":"risk"},"params":{"lr":"0.01"},"metrics":{"accuracy":0.77},"threshold":0.5}""")]
    [InlineData("""{"task":"binary_classification","output":"probabilities","classes":["good","bad"],"positiveClass":"bad"}""")]
    [InlineData("""{"features":[{"name":"age"},{"name":"purpose","kind":"categorical","categories":["car","tv"]},{"name":"letter","kind":"text","input":"text"}]}""")]
    [InlineData("""{"features":[{"name":"age"},{"name":"sum"}],"fairness":{"feature":"age","privileged":{"min":25},"unprivileged":{"max":24.999}}}""")]
    [InlineData("""{"task":"multiclass_classification","output":"label","classes":["a","b","c"]}""")]
    [InlineData("""{"task":"multiclass_classification","output":"label","classes":[0,1,2.0]}""")]
    [InlineData("""{"task":"binary_classification","output":"label","classes":[false,true],"positiveClass":true}""")]
    [InlineData("""{"task":"binary_classification","output":"label","classes":["0.0","1.0"],"positiveClass":1}""")]
    [InlineData("""{"features":[{"name":"age"},{"name":"sum","kind":"categorical","categories":[1,2]}],"fairness":{"feature":"sum","privileged":{"values":[1]},"unprivileged":{"values":[2,true]}}}""")]
    [InlineData("""{"features":[{"name":"release","kind":"categorical","categories":["1.1","1.10"]},{"name":"b"}]}""")]
    [InlineData("""{"classes":[0,1],"fairness":{"feature":"a","privileged":{"min":2},"unprivileged":{"max":0},"favourableClass":1.0}}""")]
    [InlineData("""{"features":[{"name":"age"},{"name":"sum","kind":"categorical"}],"fairness":{"feature":"sum","privileged":{"values":["1"]},"unprivileged":{"values":["2"]}}}""")]
    [InlineData("""{"features":[{"name":"age"},{"name":"sex","kind":"categorical","categories":["f","m"]}],"fairness":{"attributes":[{"feature":"age","groups":[{"name":"young","max":24.999},{"name":"old","min":25}],"reference":"old"},{"feature":"sex"}],"intersections":[["age","sex"]],"minSupport":50,"correction":"bh"}}""")]
    [InlineData("""{"fairness":{"feature":"a","privileged":{"min":2},"unprivileged":{"max":0},"attributes":[{"feature":"b","groups":[{"name":1,"values":[1]},{"name":2,"values":["2"]}],"reference":1}]}}""")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"food & drink","max":0},{"name":"y","min":1}]}]}}""")]
    [InlineData("""{"features":[{"name":"age"},{"name":"sex","kind":"categorical","categories":["1","2"]}],"fairness":{"feature":"sex","privileged":{"values":[1.0]},"unprivileged":{"values":["2"]}},"logging":{"redact":[{"feature":"age","as":"drop"}]}}""")]
    [InlineData("""{"fairness":{"feature":"text","privileged":{"values":["m"]},"unprivileged":{"values":["f"]}}}""")]
    [InlineData("""{"features":[{"name":"age"},{"name":"sum"}],"logging":{"sample":0.1,"redact":[{"feature":"age","as":"hash"}]}}""")]
    [InlineData("""{"lineage":{"dataset":{"name":"d","digest":"sha256:0","source":"s"},"code":{"repository":"r","commit":"c"},"run":"1"}}""")]
    public void Metadata_that_agrees_with_the_model_passes(string metadata) => Assert.Empty(Check(metadata));

    [Theory]
    [InlineData("""{"task":"guessing"}""", "task")]
    [InlineData("""{"output":"scores"}""", "output")]
    [InlineData("""{"classes":["a","b","c"]}""", "classes")]
    [InlineData("""{"classes":["a","a"]}""", "classes")]
    [InlineData("""{"classes":["1","1.0"]}""", "classes")]
    [InlineData("""{"classes":[true,1]}""", "classes")]
    [InlineData("""{"classes":[]}""", "classes")]
    [InlineData("""{"classes":[null,"a"]}""", "classes")]
    [InlineData("""{"task":"binary_classification","classes":["a"]}""", "classes")]
    [InlineData("""{"positiveClass":"bad"}""", "positiveClass")]
    [InlineData("""{"classes":["a","b"],"positiveClass":"c"}""", "positiveClass")]
    [InlineData("""{"metrics":{"accuracy":1e999}}""", "metrics.accuracy")]
    [InlineData("""{"threshold":1e999}""", "threshold")]
    [InlineData("""{"features":[null]}""", "features[0]")]
    [InlineData("""{"features":[{"name":""},{"name":"b"}]}""", "features[0].name")]
    [InlineData("""{"features":[{"name":null},{"name":"b"}]}""", "features[0].name")]
    [InlineData("""{"features":[{"name":"a","kind":"odd"},{"name":"b"}]}""", "features[0].kind")]
    [InlineData("""{"features":[{"name":"a","kind":"text"},{"name":"b"}]}""", "features[0].kind")]
    [InlineData("""{"features":[{"name":"a","input":"text"}]}""", "features[0].kind")]
    [InlineData("""{"features":[{"name":"a","input":"y"}]}""", "features[0].input")]
    [InlineData("""{"features":[{"name":"a"},{"name":"a"}]}""", "features")]
    [InlineData("""{"features":[{"name":"a"}]}""", "features")]
    [InlineData("""{"features":[{"name":"a"},{"name":"b"},{"name":"c"}]}""", "features")]
    [InlineData("""{"features":[{"name":"a","categories":["x"]},{"name":"b"}]}""", "features[0].categories")]
    [InlineData("""{"features":[{"name":"a","kind":"categorical","categories":[]},{"name":"b"}]}""", "features[0].categories")]
    [InlineData("""{"features":[{"name":"a","kind":"categorical","categories":["x","x"]},{"name":"b"}]}""", "features[0].categories")]
    [InlineData("""{"features":[{"name":"a"},{"name":"note.words"},{"name":"note","kind":"text","input":"text"}]}""", "features")]
    [InlineData("""{"features":[{"name":"a"},{"name":"b"}],"target":"a"}""", "target")]
    [InlineData("""{"features":[{"name":"a"},{"name":"b"}],"fairness":{"feature":"c","privileged":{"min":1},"unprivileged":{"max":0}}}""", "fairness.feature")]
    [InlineData("""{"fairness":{"feature":"a","unprivileged":{"max":0}}}""", "fairness.privileged")]
    [InlineData("""{"features":[{"name":"a","kind":"categorical"},{"name":"b"}],"fairness":{"feature":"a","privileged":{"min":2},"unprivileged":{"values":["1"]}}}""", "fairness.privileged")]
    [InlineData("""{"features":[{"name":"t","kind":"text","input":"text"}],"fairness":{"feature":"t","privileged":{"values":["a"]},"unprivileged":{"values":["b"]}}}""", "fairness.feature")]
    [InlineData("""{"fairness":{"feature":"a","privileged":{"min":2,"max":1},"unprivileged":{"max":0}}}""", "fairness.privileged")]
    [InlineData("""{"fairness":{"feature":"a","privileged":{"min":2},"unprivileged":{"max":0}},"logging":{"redact":[{"feature":"a","as":"hash"}]}}""", "fairness.feature")]
    [InlineData("""{"classes":["a","b"],"fairness":{"feature":"a","privileged":{"min":2},"unprivileged":{"max":0},"favourableClass":"c"}}""", "fairness.favourableClass")]
    [InlineData("""{"fairness":{}}""", "fairness.feature")]
    [InlineData("""{"fairness":{"attributes":[]}}""", "fairness.feature")]
    [InlineData("""{"fairness":{"attributes":[null]}}""", "fairness.attributes[0]")]
    [InlineData("""{"features":[{"name":"a"},{"name":"b"}],"fairness":{"attributes":[{"feature":"c","groups":[{"name":"x","max":0},{"name":"y","min":1}]}]}}""", "fairness.attributes[0].feature")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"y","min":1}]},{"feature":"a","groups":[{"name":"x","max":0},{"name":"y","min":1}]}]}}""", "fairness.attributes[1].feature")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"y","min":1}]}]},"logging":{"redact":[{"feature":"a","as":"drop"}]}}""", "fairness.attributes[0].feature")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a"}]}}""", "fairness.attributes[0].groups")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[]}]}}""", "fairness.attributes[0].groups")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0}]}]}}""", "fairness.attributes[0].groups")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"x","min":1}]}]}}""", "fairness.attributes[0].groups")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x"},{"name":"y","min":1}]}]}}""", "fairness.attributes[0].groups[0]")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"","min":1}]}]}}""", "fairness.attributes[0].groups[1].name")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"y","min":1}],"reference":"z"}]}}""", "fairness.attributes[0].reference")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"y","min":1}]}],"minSupport":1}}""", "fairness.minSupport")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"y","min":1}]}],"correction":"none"}}""", "fairness.correction")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"y","min":1}]}],"intersections":[["a"]]}}""", "fairness.intersections[0]")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"y","min":1}]}],"intersections":[["a","b"]]}}""", "fairness.intersections[0]")]
    [InlineData("""{"fairness":{"feature":"a","privileged":{"values":[1,null]},"unprivileged":{"values":[0]}}}""", "fairness.privileged")]
    [InlineData("""{"fairness":{"feature":"a","privileged":{"values":[1]},"unprivileged":{"values":[""]}}}""", "fairness.unprivileged")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","values":[null]},{"name":"y","min":1}]}]}}""", "fairness.attributes[0].groups[0]")]
    [InlineData("""{"fairness":{"feature":"a","privileged":{"min":1e999},"unprivileged":{"max":0}}}""", "fairness.privileged")]
    [InlineData("""{"fairness":{"feature":"a","privileged":{"min":1},"unprivileged":{"max":-1e999}}}""", "fairness.unprivileged")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"y","min":1,"max":1e999}]}]}}""", "fairness.attributes[0].groups[1]")]
    [InlineData("""{"features":[{"name":"a","kind":"categorical","categories":["f","m"]},{"name":"b"}],"fairness":{"feature":"a","privileged":{"values":["f"]},"unprivileged":{"values":["male"]}}}""", "fairness.unprivileged")]
    [InlineData("""{"features":[{"name":"a","kind":"categorical","categories":["f","m"]},{"name":"b"}],"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","values":["f"]},{"name":"y","values":["m","0"]}]}]}}""", "fairness.attributes[0].groups[1]")]
    [InlineData("""{"features":[{"name":"a"},{"name":"b"}],"fairness":{"feature":"a","privileged":{"values":["old"]},"unprivileged":{"max":0}}}""", "fairness.privileged")]
    [InlineData("""{"fairness":{"feature":"text","privileged":{"values":["m"]},"unprivileged":{"max":0}}}""", "fairness.unprivileged")]
    [InlineData("""{"features":[{"name":"x"},{"name":"b"}],"fairness":{"feature":"b","privileged":{"min":2},"unprivileged":{"max":0}},"logging":{"redact":[{"feature":"x","as":"drop"}]}}""", "fairness.feature")]
    [InlineData("""{"fairness":{"feature":"x[1]","privileged":{"min":2},"unprivileged":{"max":0}},"logging":{"redact":[{"feature":"x","as":"hash"}]}}""", "fairness.feature")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"x[0]","groups":[{"name":"l","max":0},{"name":"h","min":1}]}]},"logging":{"redact":[{"feature":"x","as":"hash"}]}}""", "fairness.attributes[0].feature")]
    [InlineData("""{"fairness":{"feature":"a","privileged":{"min":2},"unprivileged":{"max":0},"attributes":[{"feature":"a","groups":[{"name":"privileged","max":0},{"name":"y","min":1}]}]}}""", "fairness.attributes[0].groups")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x & y","max":0},{"name":"z","min":1}]},{"feature":"b","groups":[{"name":"x","max":0},{"name":"z","min":1}]}],"intersections":[["a","b"]]}}""", "fairness.intersections[0]")]
    [InlineData("""{"fairness":{"attributes":[{"feature":"a","groups":[{"name":"x","max":0},{"name":"z","min":1}]},{"feature":"b","groups":[{"name":"& y","max":0},{"name":"z","min":1}]}],"intersections":[["a","b"]]}}""", "fairness.intersections[0]")]
    [InlineData("""{"logging":{"sample":1.1}}""", "logging.sample")]
    [InlineData("""{"logging":{"durability":"eventual"}}""", "logging.durability")]
    [InlineData("""{"logging":{"redact":[null]}}""", "logging.redact[0]")]
    [InlineData("""{"logging":{"redact":[{"feature":"a","as":"blur"}]}}""", "logging.redact[0].as")]
    public void Metadata_that_disagrees_is_named_by_its_field(string metadata, string field) => Assert.Contains(field, Check(metadata));

    [Theory]
    [InlineData("""{"description":"…"}""", "description")]
    [InlineData("""{"tags":{"team":"…"}}""", "tags.team")]
    [InlineData("""{"params":{"lr":"…"}}""", "params.lr")]
    [InlineData("""{"lineage":{"run":"…"}}""", "lineage.run")]
    [InlineData("""{"lineage":{"dataset":{"source":"…"}}}""", "lineage.dataset.source")]
    public void A_text_may_be_long_but_not_endless(string metadata, string field)
    {
        Assert.Empty(Check(metadata.Replace("…", new string('x', 10_000), StringComparison.Ordinal)));
        Assert.Equal([field], Check(metadata.Replace("…", new string('x', 10_001), StringComparison.Ordinal)));
    }

    [Fact]
    public void Groups_beyond_what_a_window_counts_are_refused_with_their_number()
    {
        Assert.Empty(Check(Attributes(6, 7, 9))); // 22, and 42 where the first two meet
        Assert.Equal(
            "make 65 groups with fairness.intersections, and 64 are watched: name fewer or wider groups.",
            Assert.Single(Problems(Attributes(6, 7, 10))["fairness.attributes"]));
        Assert.Equal("must be at most 64.", Assert.Single(Problems(Attributes([.. Enumerable.Repeat(2, 65)]))["fairness.attributes"]));

        static string Attributes(params int[] groups) => JsonSerializer.Serialize(new
        {
            fairness = new
            {
                attributes = groups.Select((count, at) => new
                {
                    feature = $"f{at}", groups = Enumerable.Range(0, count).Select(group => new { name = $"g{group}", values = new[] { group } }),
                }),
                intersections = groups.Length == 3 ? new[] { new[] { "f0", "f1" } } : [],
            },
        });
    }

    [Fact]
    public void Names_may_be_written_as_numbers_and_booleans_and_nothing_else_may()
    {
        var metadata = JsonSerializer.Deserialize<VersionMetadata>(
            """{"classes":[0,1.50,9007199254740993,true,"2.0"],"positiveClass":1e0}""", MetadataJson.Options)!;

        Assert.Equal(["0", "1.5", "9007199254740993", "true", "2.0"], metadata.Classes);
        Assert.Equal("1", metadata.PositiveClass);
        foreach (var wrong in new[] { """{"classes":[[1]]}""", """{"classes":{"a":1}}""", """{"positiveClass":[1]}""", """{"task":1}""" })
            Assert.Contains("could not be converted", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<VersionMetadata>(wrong, MetadataJson.Options)).Message);
    }

    private static IEnumerable<string> Check(string metadata) => Problems(metadata).Keys;

    private static IReadOnlyDictionary<string, string[]> Problems(string metadata) => MetadataRules
        .Check(JsonSerializer.Deserialize<VersionMetadata>(metadata, MetadataJson.Options)!, Signature).ToFields();
}
