using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Tests.Providers;

/// <summary>An accelerator answers what the CPU answers, for every model that the repository holds.</summary>
public sealed class ProviderAgreementTests
{
    // Accelerators sum in another order, and matrix units round their inputs to 10 bits of fraction (TF32).
    private const double Tolerance = 2e-3;

    private static readonly string[] Words = ["free", "money", "meeting", "明月", "春风", "list", "now!!!", ""];

    public static TheoryData<string, int> Models()
    {
        var root = Root();
        var files = Directory.EnumerateFiles(Path.Combine(root, "samples"), "*.onnx", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "bench", "Models"), "*.onnx"))
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var data = new TheoryData<string, int>();
        foreach (var file in files)
        {
            data.Add(Path.GetRelativePath(root, file), 1);
            data.Add(Path.GetRelativePath(root, file), 17);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_CPU_answers_rows_alike_alone_and_together(string file, int rows) => AssertAgree(file, rows, new SessionSettings(), 1e-5);

    [ProviderTheory]
    [MemberData(nameof(Models))]
    public void The_accelerator_answers_as_the_CPU_does(string file, int rows)
    {
        var settings = new SessionSettings { Providers = [new ExecutionProvider(ProviderTheoryAttribute.Provider!)] };
        AssertAgree(file, rows, settings, Tolerance);
    }

    /// <summary>All rows in one run of the session under test, against one run a row on the CPU.</summary>
    private static void AssertAgree(string file, int rows, SessionSettings settings, double tolerance)
    {
        var path = Path.Combine(Root(), file);
        using var expected = ModelSession.Load(path);
        using var tested = ModelSession.Load(path, settings);
        Assert.Equal(settings.Providers.Count == 0 ? ExecutionProvider.Cpu : settings.Providers[0].Name, tested.Provider);

        var inputs = expected.Signature.Inputs.ToDictionary(input => input.Name, input => Example(input, rows));
        var together = tested.Evaluate(inputs);
        for (var row = 0; row < rows; row++)
        {
            var alone = expected.Evaluate(inputs.ToDictionary(input => input.Key, input => Row(input.Value, row)));
            foreach (var (name, values) in alone)
                Assert.All(values.ToDoubles().Zip(Row(together[name], row).ToDoubles()),
                    pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
        }
    }

    private static Tensor Example(TensorSpec spec, int rows)
    {
        long[] shape = [rows, .. spec.Shape.Skip(1)];
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        var random = new Random(7);
        return spec.Datatype == Datatype.Bytes
            ? Tensor.Strings(shape, [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', random.GetItems(Words, random.Next(12))))])
            : Tensor.FromDoubles(spec.Datatype, shape, [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(4))]);
    }

    private static Tensor Row(Tensor tensor, int row)
    {
        var perRow = tensor.Values.Length / (int)tensor.Shape[0];
        var values = Array.CreateInstance(tensor.Values.GetType().GetElementType()!, perRow);
        Array.Copy(tensor.Values, row * perRow, values, 0, perRow);
        return new Tensor(tensor.Datatype, [1, .. tensor.Shape.Skip(1)], values);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Platform.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
