using Platform.Onnx.RowFlow;
using Platform.Onnx.Sessions;
using Platform.TestKit;

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
        if (mixes is null) Assert.Null(RowTrial.FindDifference(session, RandomRows.For(session.Signature, new Random(1))));
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
