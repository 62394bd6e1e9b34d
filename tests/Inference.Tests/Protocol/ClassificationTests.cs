using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

public sealed class ClassificationTests
{
    [Fact]
    public void The_best_classes_of_each_row_come_first_with_their_labels()
    {
        Assert.Equal("[2,2] 0.5:1:dog 0.25:0:cat 0.75:2 0.5:0:cat",
            Classify(Tensor.FP32([2, 3], [0.25f, 0.5f, 0.125f, 0.5f, 0.125f, 0.75f]), 2, 2, "cat", "dog"));
    }

    [Fact]
    public void Equal_scores_keep_their_order_and_NaN_comes_last() =>
        Assert.Equal("[1,4] 1:1 1:2 0:3 null:0", Classify(Tensor.FP32([1, 4], [float.NaN, 1, 1, 0]), 1, 9));

    [Fact]
    public void Whole_numbers_are_ranked_to_their_last_digit() =>
        Assert.Equal("[1,2] 9007199254740993:1 9007199254740992:0", Classify(Tensor.Int64([1, 2], [9007199254740992, 9007199254740993]), 1, 2));

    [Fact]
    public void A_tensor_without_rows_is_one_row() =>
        Assert.Equal("[1] 9:2", Classify(Tensor.Int64([3], [7, 8, 9]), 1, 1));

    private static string Classify(Tensor scores, int rows, int wanted, params string[] labels)
    {
        using var source = new TensorBuffer();
        using var target = new TensorBuffer();
        scores.CopyTo(source);
        Classification.Write(source, rows, wanted, labels, target);
        return $"{Shapes.Describe(target.Shape)} {string.Join(' ', Tensor.From(target).ToStrings())}";
    }
}
