using System.Text.Json;
using Platform.TestKit;

namespace Platform.Explainer.Tests.Models;

/// <summary>A committed model with Shapley values computed by brute force elsewhere.</summary>
internal sealed record GoldenModel(string Model, string Output, double[][] Background, GoldenRow[] Rows)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public string Path => PathOf(Model);

    public static GoldenModel Read(string name) => ReadAll().Single(golden => golden.Model == name);

    private static GoldenModel[] ReadAll() =>
        JsonSerializer.Deserialize<GoldenModel[]>(File.ReadAllText(PathOf("explanations.json")), Options)!;

    private static string PathOf(string file) => Repository.PathOf("tests", "golden", "explanations", file);
}

/// <summary>One explained row: shapley[feature][output].</summary>
internal sealed record GoldenRow(double[] Input, double[] Output, double[] Base, double[][] Shapley);
