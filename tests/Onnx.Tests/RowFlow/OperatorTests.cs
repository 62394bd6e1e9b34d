using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Onnx.Tests.RowFlow;

public sealed class OperatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases => [.. OperatorCases.All.Select(each => each.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_an_operator_does_to_rows_is_known_and_is_what_the_runtime_does(string name)
    {
        var (_, file, mixes) = OperatorCases.All.Single(each => each.Name == name);
        var path = file.Save(_folder.Path);

        Assert.Equal(mixes, RowProof.Of(path).Mixing?.Operator);

        using var session = ModelSession.Load(path);
        if (mixes is not null) return;
        var rows = RandomRows.For(session.Signature, new Random(1));
        Assert.True(RowTrial.AnswersTogether(session, rows), "the runtime answers no two rows together, which says nothing");
        Assert.Null(RowTrial.FindDifference(session, rows));
    }

    [Fact]
    public void Any_damaged_file_gets_an_answer()
    {
        var random = new Random(1);
        var path = Path.Combine(_folder.Path, "damaged.onnx");
        foreach (var (_, file, _) in OperatorCases.All)
        {
            var whole = file.ToArray();
            for (var trial = 0; trial < 20; trial++)
            {
                var damaged = whole.ToArray();
                for (var i = 0; i < 3; i++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                File.WriteAllBytes(path, damaged);
                Assert.NotNull(RowProof.Of(path));
            }
        }
    }

    [Fact]
    public void Dimensions_that_double_again_and_again_are_followed_no_further()
    {
        var file = new OnnxFile().Input("x", Datatype.FP32, "n", 2).Constant("i0", Datatype.Int64, [1, 1], 0L);
        for (var i = 0; i < 40; i++) file.Node("Gather", [$"i{i}", $"i{i}"], [$"i{i + 1}"]);

        Assert.Contains("too many dimensions", RowProof.Of(file.Node("Relu", ["x"], ["y"]).Output("y", Datatype.FP32, "n", 2).Save(_folder.Path)).Mixing?.Why);
    }

    [Theory]
    [InlineData("random", "RandomNormalLike")]
    [InlineData("dropout in training", "Dropout")]
    [InlineData("dropout as served", null)]
    [InlineData("relu", null)]
    public void What_is_random_is_found(string name, string? expected) =>
        Assert.Equal(expected, RowProof.Of(OperatorCases.All.Single(each => each.Name == name).File.Save(_folder.Path)).Randomness?.Operator);

    [Fact]
    public void The_operator_that_mixes_rows_is_named_with_its_place_and_what_it_does()
    {
        var file = OperatorCases.All.Single(each => each.Name == "softmax over rows").File;

        Assert.Equal("Softmax ('y') is taken over the rows of the batch", RowProof.Of(file.Save(_folder.Path)).Mixing?.ToString());
    }
}
