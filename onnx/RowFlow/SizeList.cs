namespace Platform.Onnx.RowFlow;

/// <summary>Whole numbers in a scalar or a vector, as far as they can be told from the sizes of tensors.</summary>
internal sealed record SizeList(SizeItem[] Items, bool IsScalar)
{
    public bool DependsOnBatch => Items.Any(item => item.DependsOnBatch);

    public Size[] Shape => IsScalar ? [] : [Size.Of(Items.Length)];

    /// <summary>The numbers, where all are known; else null.</summary>
    public long[]? Numbers()
    {
        var numbers = new long[Items.Length];
        for (var i = 0; i < numbers.Length; i++)
            if (Items[i].Size is not { } size || !size.IsNumber(out numbers[i])) return null;
        return numbers;
    }
}

/// <summary>One of them.</summary>
/// <param name="Size">What it is; null where that is not followed.</param>
/// <param name="DependsOnBatch">Whether it is another for another batch.</param>
internal readonly record struct SizeItem(Size? Size, bool DependsOnBatch);
