using Platform.Onnx.Isolation;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Isolation;

/// <summary>
/// Random chains of operators before a division, whose operands' kind and origin the test keeps account of by itself: wherever the divisor
/// may be a request's whole number, a hazard is found. None of the graphs is run.
/// </summary>
public sealed class RandomDivisionTests : IDisposable
{
    private static readonly string[] KindKeeping = ["Neg", "Abs", "Identity", "Relu"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_comes_before_a_division_by_a_request_it_is_found(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var (file, traps) = Chain(random);
            var hazard = NativeHazard.Find(file.Save(_folder.Path));
            Assert.True(hazard is not null == traps, $"Seed {seed}, round {round}: {hazard?.ToString() ?? "nothing"} found, expected {traps}.");
        }
    }

    /// <summary>A chain over one input, then a division of it by itself or by a constant, in a branch of its own or not.</summary>
    private static (OnnxFile File, bool Traps) Chain(Random random)
    {
        var isFloat = random.Next(2) == 0;
        var file = new OnnxFile().Input("v0", isFloat ? Datatype.FP32 : Datatype.Int64, "n")
            .Constant("harmless", Datatype.Int64, [], 1L + random.Next(9)).Constant("harmful", Datatype.Int64, [], random.Next(2) - 1L);
        var last = 0;
        for (var steps = random.Next(6); steps > 0; steps--, last++)
        {
            if (random.Next(3) > 0)
            {
                file.Node(KindKeeping[random.Next(KindKeeping.Length)], [$"v{last}"], [$"v{last + 1}"]);
                continue;
            }

            isFloat = random.Next(2) == 0;
            file.Node("Cast", [$"v{last}"], [$"v{last + 1}"], "", OnnxFile.Integer("to", isFloat ? 1 : 7));
        }

        var divisor = isFloat ? $"v{last}" : new[] { $"v{last}", "harmless", "harmful" }[random.Next(3)];
        var operation = isFloat || random.Next(2) == 0 ? "Div" : "Mod";
        if (random.Next(2) == 0) file.Node(operation, [$"v{last}", divisor], ["y"]);
        else file.Input("c", Datatype.Bool).Node("If", ["c"], ["y"], "", Branch("then_branch", operation, $"v{last}", divisor, "t"), Branch("else_branch", operation, $"v{last}", divisor, "e"));
        return (file.OutputOfAnyShape("y", isFloat ? Datatype.FP32 : Datatype.Int64), !isFloat && divisor != "harmless");
    }

    private static ProtobufWriter Branch(string name, string operation, string dividend, string divisor, string output) => OnnxFile.Graph(name,
        new OnnxFile().Node(operation, [dividend, divisor], [output]).OutputOfAnyShape(output, Datatype.FP32));
}
