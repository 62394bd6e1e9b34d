using Platform.Contracts.Registry;
using Platform.Explainer.Rows;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Tests.Rows;

public sealed class FeatureNamesTests
{
    private static readonly RowLayout Layout = new(
        [new InputBlock("x", Datatype.FP32, [2], 0, 2), new InputBlock("y", Datatype.FP32, [1], 2, 1), new InputBlock("z", Datatype.FP32, [1, 2, 2], 3, 4)],
        Batched: true);

    [Fact]
    public void Unnamed_cells_are_called_by_input_and_position()
    {
        Assert.Equal(
            ["x[0]", "x[1]", "y", "z[0,0,0]", "z[0,0,1]", "z[0,1,0]", "z[0,1,1]"], FeatureNames.For(Layout, new VersionMetadata()));
    }

    [Fact]
    public void The_authors_names_are_taken_input_by_input()
    {
        var metadata = new VersionMetadata
        {
            Features =
            [
                new FeatureDefinition { Name = "age" }, new FeatureDefinition { Name = "amount" },
                new FeatureDefinition { Name = "rate", Input = "y" }, new FeatureDefinition { Name = "only one of four", Input = "z" },
            ],
        };

        Assert.Equal(["age", "amount", "rate", "z[0,0,0]"], FeatureNames.For(Layout, metadata).Take(4));
    }
}
