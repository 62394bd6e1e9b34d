using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Artifacts;
using Platform.Registry.References;
using Platform.TestKit;

namespace Platform.Registry.Tests.References;

public sealed class ReferenceConverterTests : IDisposable
{
    private const int MaxRows = 5;

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly ReferenceConverter _converter;

    public ReferenceConverterTests()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Directory", _folder.Path)]).Build();
        _services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddPlatformArtifacts().BuildServiceProvider();
        _converter = new ReferenceConverter(
            _services.GetRequiredService<IArtifactStore>(), new ReferenceLimits(512 << 20, MaxRows));
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    private static readonly VersionMetadata Credit = new()
    {
        Features =
        [
            new FeatureDefinition { Name = "age" },
            new FeatureDefinition { Name = "purpose", Kind = "categorical", Categories = ["car", "tv", "床前"] },
        ],
        Classes = ["good", "bad"],
        Target = "label",
        Task = "binary_classification",
    };

    private static readonly VersionMetadata Plain = new();
    private static readonly VersionMetadata Labelled = new() { Target = "label" };
    private static readonly VersionMetadata Decimals = Labelled with { Classes = ["0.0", "1.0"], Task = "binary_classification" };
    private static readonly VersionMetadata Cities = new() { Features = [new() { Name = "city", Kind = "categorical" }, new() { Name = "note", Kind = "text" }] };
    private static readonly VersionMetadata Listed = new() { Features = [new() { Name = "city", Kind = "categorical", Categories = ["rome", ""] }] };
    private static readonly VersionMetadata Regression = new() { Target = "label", Task = "regression" };

    public static TheoryData<string, string, VersionMetadata, ModelSignature, string> Taken => new()
    {
        { "categories become indices, labels class names", "age,purpose,label\n35,tv,bad\n22,car,good\n", Credit, Of("FP32", -1, 2),
            """{"inputs":{"x":[35,1]},"label":"bad"} {"inputs":{"x":[22,0]},"label":"good"}""" },
        { "columns are found by name, others ignored", "id,label,purpose,age\n7,good,床前,35.5\n", Credit, Of("FP32", -1, 2),
            """{"inputs":{"x":[35.5,2]},"label":"good"}""" },
        { "missing cells are null", "age,purpose,label\n,tv,\nNaN,NA,bad\n", Credit, Of("FP32", -1, 2),
            """{"inputs":{"x":[null,1]}} {"inputs":{"x":[null,null]},"label":"bad"}""" },
        { "missing cells may stand behind a space or a sign", "age,purpose,label\n NaN, na,bad\n-NaN,tv,good\n+nan,tv,good\n", Credit, Of("FP32", -1, 2),
            """{"inputs":{"x":[null,null]},"label":"bad"} {"inputs":{"x":[null,1]},"label":"good"} {"inputs":{"x":[null,1]},"label":"good"}""" },
        { "missing texts are null, in CSV as in JSON", "city,note\n,\n\"\",nan\n", Cities, Of("BYTES", -1, 2), """{"inputs":{"x":[null,null]}} {"inputs":{"x":[null,"nan"]}}""" },
        { "so they are in JSON", """[{"city":"","note":null},{"note":" "}]""", Cities, Of("BYTES", -1, 2), """{"inputs":{"x":[null,null]}} {"inputs":{"x":[null," "]}}""" },
        { "an empty text that is listed is a category", "city,x\n,1\nrome,1\nNA,1\n", Listed, Of("BYTES", -1), """{"inputs":{"x":[""]}} {"inputs":{"x":["rome"]}} {"inputs":{"x":[null]}}""" },
        { "and a member that a row lacks is missing, the first row's too", """[{"note":"a"},{"city":"rome"}]""", Cities, Of("BYTES", -1, 2),
            """{"inputs":{"x":[null,"a"]}} {"inputs":{"x":["rome",null]}}""" },
        { "an empty number in JSON", """[[""],[" "],["NaN"],[null]]""", Plain, Of("FP32", -1),
            """{"inputs":{"x":[null]}} {"inputs":{"x":[null]}} {"inputs":{"x":[null]}} {"inputs":{"x":[null]}}""" },
        { "missing labels are left out", "x,label\n1,\n1,nan\n1,1.0\n", Decimals, Of("FP32", -1), """{"inputs":{"x":[1]}} {"inputs":{"x":[1]}} {"inputs":{"x":[1]},"label":"1.0"}""" },
        { "labels in any notation", "x,label\n1,1\n1,1.00\n1,True\n1,0\n1,0e0\n", Decimals, Of("FP32", -1),
            string.Join(' ', new[] { "1.0", "1.0", "1.0", "0.0", "0.0" }.Select(name => $$$"""{"inputs":{"x":[1]},"label":"{{{name}}}"}""")) },
        { "true and false among two words", "age,purpose,label\n1,0,True\n1,0,false\n", Credit, Of("FP32", -1, 2), """{"inputs":{"x":[1,0]},"label":"bad"} {"inputs":{"x":[1,0]},"label":"good"}""" },
        { "labels without classes, exactly", "x,label\n1,9007199254740993\n1,1.0\n1,007\n", Labelled, Of("FP32", -1),
            """{"inputs":{"x":[1]},"label":9007199254740993} {"inputs":{"x":[1]},"label":1} {"inputs":{"x":[1]},"label":"007"}""" },
        { "booleans as programs write them whose columns have missing cells", "x\n1.0\nFALSE\n\n", Plain, Of("BOOL", -1), """{"inputs":{"x":[true]}} {"inputs":{"x":[false]}}""" },
        { "encoded categories and classes are taken", "age,purpose,label\n1,2,0\n1,2.0,1\n", Credit, Of("FP32", -1, 2),
            """{"inputs":{"x":[1,2]},"label":"good"} {"inputs":{"x":[1,2]},"label":"bad"}""" },
        { "without features all columns in order", "p0,p1,p2,p3\n1,2,3,4\n", Plain, Of("FP32", -1, 2, 2), """{"inputs":{"x":[1,2,3,4]}}""" },
        { "the label's column is left out", "label,p0,p1\nshoe,1,2\n", Labelled, Of("FP32", -1, 2), """{"inputs":{"x":[1,2]},"label":"shoe"}""" },
        { "a number may be a label", "p0,p1,label\n1,2,3.5\n", Regression, Of("FP32", -1, 2), """{"inputs":{"x":[1,2]},"label":3.5}""" },
        { "a call of one fixed row", "a,b\n1,2\n", Plain, Of("FP32", 1, 2), """{"inputs":{"x":[1,2]}}""" },
        { "text with commas and line breaks", "text\n\"a, \"\"b\"\"\nc\"\n", Plain, Of("BYTES", -1), """{"inputs":{"x":["a, \"b\"\nc"]}}""" },
        { "text with windows line ends and a byte order mark", "\uFEFFtext\r\n春眠不覺曉\r\n", Plain, Of("BYTES", -1, 1), """{"inputs":{"x":["春眠不覺曉"]}}""" },
        { "whole numbers, exactly", "x\n9007199254740993\n-3.0\n", Plain, Of("INT64", -1), """{"inputs":{"x":[9007199254740993]}} {"inputs":{"x":[-3]}}""" },
        { "the largest whole number", "x\n18446744073709551615\n", Plain, Of("UINT64", -1), """{"inputs":{"x":[18446744073709551615]}}""" },
        { "true and false", "a,b\ntrue,0\n", Plain, Of("BOOL", -1, 2), """{"inputs":{"x":[true,false]}}""" },
        { "objects", """[{"age":35,"purpose":"tv","label":"bad"},{"purpose":"car","age":null}]""", Credit, Of("FP32", -1, 2),
            """{"inputs":{"x":[35,1]},"label":"bad"} {"inputs":{"x":[null,0]}}""" },
        { "arrays in the order of the features", """[[35,"tv"],[22,0]]""", Credit with { Target = null }, Of("FP32", -1, 2), """{"inputs":{"x":[35,1]}} {"inputs":{"x":[22,0]}}""" },
        { "arrays with the label at the end", """[[35,"tv","bad"]]""", Credit, Of("FP32", -1, 2), """{"inputs":{"x":[35,1]},"label":"bad"}""" },
        { "nested arrays", """  [ [[1,2],[3,4]] ]""", Plain, Of("FP32", -1, 2, 2), """{"inputs":{"x":[1,2,3,4]}}""" },
        { "an object by the input's name", """[{"x":[[1,2],[3,4]]}]""", Plain, Of("FP32", -1, 2, 2), """{"inputs":{"x":[1,2,3,4]}}""" },
        { "rows of different lengths", """[{"x":[1,2,3]},{"x":[4]}]""", Plain, Of("INT64", -1, -1), """{"inputs":{"x":[1,2,3]}} {"inputs":{"x":[4]}}""" },
        { "several inputs", "b,a,label\n2,1,k\n",
            new VersionMetadata { Target = "label", Features = [new() { Name = "a", Input = "x" }, new() { Name = "b", Input = "y", Kind = "text" }] },
            new ModelSignature { Inputs = [Tensor("x", "FP32", -1, 1), Tensor("y", "BYTES", -1)] }, """{"inputs":{"x":[1],"y":["2"]},"label":"k"}""" },
        { "several inputs by their names", """[{"x":[1,2],"y":"z"}]""", Plain,
            new ModelSignature { Inputs = [Tensor("x", "FP32", -1, 2), Tensor("y", "BYTES", -1)] }, """{"inputs":{"x":[1,2],"y":["z"]}}""" },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public async Task Rows_become_tensors(string what, string dataset, VersionMetadata metadata, ModelSignature signature, string expected)
    {
        Assert.NotEmpty(what);
        var converted = await ConvertAsync(dataset, metadata, signature);

        Assert.True(converted.Succeeded(out var reference, out var error), error?.Detail);
        using (reference) Assert.Equal(expected, string.Join(' ', await File.ReadAllLinesAsync(reference.Rows.Path)));
    }

    [Fact]
    public async Task The_lines_can_be_read_as_reference_rows()
    {
        var converted = await ConvertAsync("age,purpose,label\n35,tv,bad\n", Credit, Of("FP32", -1, 2));

        Assert.True(converted.Succeeded(out var reference, out _));
        using (reference)
        {
            var row = JsonSerializer.Deserialize<ReferenceRow>(File.ReadLines(reference.Rows.Path).Single(), PlatformJson.Strict)!;
            Assert.Equal([35, 1], row.Inputs["x"].EnumerateArray().Select(value => value.GetDouble()));
            Assert.Equal("bad", row.Label!.Value.GetString());
            Assert.Equal((1, "text/csv"), (reference.Count, reference.MediaType));
        }
    }

    public static TheoryData<string, string, VersionMetadata, ModelSignature, string> Refused => new()
    {
        { "an unknown category", "age,purpose,label\n1,tv,good\n1,spaceship,good\n", Credit, Of("FP32", -1, 2), "Row 2, column 'purpose': 'spaceship'" },
        { "an index out of range", "age,purpose,label\n1,3,good\n", Credit, Of("FP32", -1, 2), "'3' is none of the categories 'car', 'tv'" },
        { "an unknown class", "age,purpose,label\n1,tv,ugly\n", Credit, Of("FP32", -1, 2), "Row 1, column 'label': 'ugly'" },
        { "a missing column", "age,label\n1,good\n", Credit, Of("FP32", -1, 2), "columns are missing: 'purpose'" },
        { "arrays without the label", """[[35,"tv"]]""", Credit, Of("FP32", -1, 2), "'label'" },
        { "a missing label", "age,purpose\n1,tv\n", Credit, Of("FP32", -1, 2), "'label'" },
        { "a word for a number", "age,purpose,label\nold,tv,good\n", Credit, Of("FP32", -1, 2), "Row 1, column 'age': 'old' is not a number" },
        { "a word in a column that has no name but its header's", "a,b\n1,old\n", Plain, Of("FP32", -1, 2), "Row 1, column 'b': 'old' is not a number" },
        { "a word in a cell of several values", """[{"x":[1,"old"]}]""", Plain, Of("FP32", -1, 2), "Row 1, column 'x': 'old' is not a number" },
        { "a number too large", "x\n1e39\n", Plain, Of("FP32", -1), "too large for FP32" },
        { "infinity", "x\nInfinity\n", Plain, Of("FP64", -1), "too large" },
        { "a fraction for a whole number", "x\n1.5\n", Plain, Of("INT64", -1), "whole number" },
        { "a whole number out of range", "x\n256\n", Plain, Of("UINT8", -1), "out of the range of UINT8" },
        { "a word for a boolean", "x\nmaybe\n", Plain, Of("BOOL", -1), "neither true nor false" },
        { "a word for a regression", "x,label\n1,high\n", Regression, Of("FP32", -1), "'high' is not a number" },
        { "too few columns", "a,b\n1,2\n", Plain, Of("FP32", -1, 3), "Row 1 has 2 values for the input 'x'" },
        { "too many columns", "a,b,label\n1,2,3\n", Plain, Of("FP32", -1, 2), "target in the metadata" },
        { "too many rows", "x\n1\n2\n3\n4\n5\n6\n", Plain, Of("FP32", -1), "more than 5 rows" },
        { "no rows", "x\n", Plain, Of("FP32", -1), "no rows" },
        { "nothing", "", Plain, Of("FP32", -1), "empty" },
        { "a column twice", "a,a\n1,2\n", Plain, Of("FP32", -1, 2), "'a' more than once" },
        { "a ragged row", "a,b\n1,2\n1\n", Plain, Of("FP32", -1, 2), "Row 2 has 1 cells" },
        { "an open quotation mark", "a,b\n1,\"2\n", Plain, Of("FP32", -1, 2), "not CSV" },
        { "no JSON after all", "[1,2", Plain, Of("FP32", -1, 2), "" },
        { "a JSON object", """{"a":1}""", Plain, Of("FP32", -1), "JSON array" },
        { "a member that every row lacks", """[{"note":"a"},{"note":"b"}]""", Cities, Of("BYTES", -1, 2), "These columns are missing: 'city'" },
        { "rows of two kinds", """[{"city":"a","note":"b"},["a","b"]]""", Cities, Of("BYTES", -1, 2), "Row 2 is not of the same kind" },
        { "an empty JSON array", "[]", Plain, Of("FP32", -1), "empty" },
        { "rows of numbers", "[1,2]", Plain, Of("FP32", -1), "object or an array" },
        { "rows of two kinds", """[[1],{"x":1}]""", Plain, Of("FP32", -1), "Row 2" },
        { "rows of different lengths", "[[1,2],[1]]", Plain, Of("FP32", -1, 2), "Row 2 has 1 values" },
        { "an object as a cell", """[{"x":{"y":1}}]""", Plain, Of("FP32", -1), "A cell holds an object" },
        { "JSON lines", "{\"x\":1}\n{\"x\":2}\n", Plain, Of("FP32", -1), "not one JSON array of rows; see line 1, byte 2" },
        { "half of a character as a cell", """[["\ud800"]]""", Plain, Of("BYTES", -1), "UTF-8" },
        { "half of a character as a name", """[{"\ud800":1}]""", Plain, Of("FP32", -1), "UTF-8" },
        { "several inputs without names", "a,b\n1,2\n", Plain, new ModelSignature { Inputs = [Tensor("x", "FP32", -1), Tensor("y", "FP32", -1)] }, "'x' is missing" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_does_not_fit_is_refused_with_its_place(string what, string dataset, VersionMetadata metadata, ModelSignature signature, string detail)
    {
        Assert.NotEmpty(what);
        var converted = await ConvertAsync(dataset, metadata, signature);

        Assert.Equal((422, "registry.reference_invalid"), (converted.Error?.Status, converted.Error?.Code));
        Assert.Contains(detail, converted.Error!.Detail);
        Assert.Empty(Directory.GetFiles(_folder.File("artifacts", "incoming")));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var converted = await ConvertAsync([.. "x\n"u8, 0xC3, 0x28, (byte)'\n'], Plain, Of("BYTES", -1));

        Assert.Contains("UTF-8", converted.Error!.Detail);
    }

    private Task<Hosting.Errors.Result<ConvertedReference>> ConvertAsync(string dataset, VersionMetadata metadata, ModelSignature signature) =>
        ConvertAsync(Encoding.UTF8.GetBytes(dataset), metadata, signature);

    private async Task<Hosting.Errors.Result<ConvertedReference>> ConvertAsync(byte[] dataset, VersionMetadata metadata, ModelSignature signature)
    {
        var path = _folder.File("dataset");
        await File.WriteAllBytesAsync(path, dataset);
        return await _converter.ConvertAsync(path, metadata, signature, CancellationToken.None);
    }

    private static ModelSignature Of(string datatype, params long[] shape) => new() { Inputs = [Tensor("x", datatype, shape)] };

    private static TensorSignature Tensor(string name, string datatype, params long[] shape) => new() { Name = name, Datatype = datatype, Shape = shape };
}
