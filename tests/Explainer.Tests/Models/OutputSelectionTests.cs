using Platform.Contracts.Registry;
using Platform.Explainer.Models;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using ModelSignature = Platform.Onnx.Sessions.ModelSignature;

namespace Platform.Explainer.Tests.Models;

public sealed class OutputSelectionTests
{
    private static readonly ModelSignature Classifier = new([], [Output("label", Datatype.Int64), Output("probabilities", Datatype.FP32)]);

    [Fact]
    public void A_classifiers_scores_come_before_its_labels()
    {
        Assert.Equal(1, Find(Classifier, new VersionMetadata(), null));
    }

    [Fact]
    public void The_output_that_the_metadata_names_comes_first_and_the_one_asked_for_before_that()
    {
        Assert.Equal(0, Find(Classifier, new VersionMetadata { Output = "label" }, null));
        Assert.Equal(1, Find(Classifier, new VersionMetadata { Output = "label" }, "probabilities"));
    }

    [Fact]
    public void Whole_numbers_are_explained_where_there_is_nothing_else()
    {
        Assert.Equal(1, Find(new([], [Output("name", Datatype.Bytes), Output("label", Datatype.Int64)]), new VersionMetadata(), null));
    }

    [Theory]
    [InlineData("nothing", "explainer.output_unknown")]
    [InlineData("name", "explainer.output_not_numeric")]
    public void An_output_that_cannot_be_explained_is_refused(string wanted, string code)
    {
        var signature = new ModelSignature([], [Output("name", Datatype.Bytes), Output("score", Datatype.FP32)]);

        Assert.Equal(code, OutputSelection.FindOutput(signature, new VersionMetadata(), wanted).Error?.Code);
    }

    [Fact]
    public void Strings_alone_cannot_be_explained()
    {
        var result = OutputSelection.FindOutput(new([], [Output("name", Datatype.Bytes)]), new VersionMetadata(), null);

        Assert.Equal("explainer.output_not_numeric", result.Error?.Code);
    }

    [Fact]
    public void Classes_choose_columns_and_their_names()
    {
        var metadata = new VersionMetadata { Classes = ["good", "bad"] };

        Assert.Equal(["good", "bad"], Of(2, metadata, null).Names);
        Assert.Equal(["bad"], Of(2, metadata, [1]).Names);
        Assert.Equal([1], Of(2, metadata, [1]).Columns);
        Assert.Equal(["score[0]", "score[1]", "score[2]"], Of(3, metadata, null).Names);
        Assert.Equal(["score"], Of(1, new VersionMetadata(), null).Names);
    }

    [Theory]
    [InlineData(2, new[] { 2 }, "explainer.class_unknown")]
    [InlineData(2, new[] { -1 }, "explainer.class_unknown")]
    [InlineData(1000, null, "explainer.too_many_classes")]
    public void Classes_that_cannot_be_explained_are_refused(int width, int[]? classes, string code)
    {
        Assert.Equal(code, OutputSelection.Of("score", width, new VersionMetadata(), classes).Error?.Code);
    }

    private static int Find(ModelSignature signature, VersionMetadata metadata, string? wanted)
    {
        Assert.True(OutputSelection.FindOutput(signature, metadata, wanted).Succeeded(out var index, out _));
        return index;
    }

    private static OutputSelection Of(int width, VersionMetadata metadata, int[]? classes)
    {
        Assert.True(OutputSelection.Of("score", width, metadata, classes).Succeeded(out var selection, out _));
        return selection;
    }

    private static TensorSpec Output(string name, Datatype datatype) => new(name, datatype, [-1, 2], ["n", ""]);
}
