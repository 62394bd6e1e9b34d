using System.Text;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Tests.Tensors;

public sealed class TensorBufferTests
{
    [Fact]
    public void Elements_are_written_and_read_in_place()
    {
        using var buffer = new TensorBuffer();
        buffer.Reset(Datatype.Int32, [2, 2]);
        new[] { 1, 2, 3, 4 }.CopyTo(buffer.AsSpan<int>());

        Assert.Equal([1, 2, 3, 4], buffer.AsSpan<int>().ToArray());
        Assert.Equal(16, buffer.Data.Length);
        Assert.Equal(0, buffer.Address % 64);
    }

    [Fact]
    public void Rows_are_added_and_taken_away_and_the_others_stay()
    {
        using var buffer = new TensorBuffer();
        buffer.Reset(Datatype.Int32, [1, 2]);
        new[] { 1, 2 }.CopyTo(buffer.AsSpan<int>());

        buffer.SetRows(1000);
        buffer.AsSpan<int>()[2] = 3;
        buffer.SetRows(2);

        Assert.Equal([1, 2, 3], buffer.AsSpan<int>()[..3].ToArray());
        Assert.Equal([2, 2], buffer.Shape.ToArray());
        buffer.SetRows(0);
        Assert.Equal(0, buffer.Count);
        Assert.Throws<InvalidOperationException>(() => buffer.SetRows(1));
    }

    [Fact]
    public void Texts_go_on_where_they_were_when_rows_are_added()
    {
        using var buffer = new TensorBuffer();
        buffer.Reset(Datatype.Bytes, [1]);
        buffer.Append("one"u8);

        buffer.SetRows(500);
        buffer.Append("two"u8);
        buffer.SetRows(2);

        Assert.Equal(("one", "two"), (Encoding.UTF8.GetString(buffer.GetString(0)), Encoding.UTF8.GetString(buffer.GetString(1))));
        Assert.Equal((2, 2), (buffer.Count, buffer.Filled));
    }

    [Fact]
    public void Memory_is_kept_for_the_next_tensor_and_given_back_when_trimmed()
    {
        using var buffer = new TensorBuffer();
        buffer.Reset(Datatype.FP64, [100]);
        var address = buffer.Address;
        buffer.Reset(Datatype.FP32, [100]);
        Assert.Equal(address, buffer.Address);

        buffer.Trim(keep: 100);

        Assert.Equal(0, buffer.Capacity);
        buffer.Reset(Datatype.FP32, [1]);
        Assert.Equal(1, buffer.Count);
    }

    [Fact]
    public void Strings_are_appended_and_found_by_index()
    {
        using var buffer = new TensorBuffer();
        buffer.Reset(Datatype.Bytes, [3]);
        foreach (var text in new[] { "a", "", new string('x', 1000) }) buffer.Append(Encoding.UTF8.GetBytes(text));

        Assert.Equal("a"u8, buffer.GetString(0));
        Assert.Equal(""u8, buffer.GetString(1));
        Assert.Equal(1000, buffer.GetString(2).Length);
        Assert.Throws<InvalidOperationException>(() => buffer.Append("one too many"u8));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.GetString(3).Length);
    }

    [Fact]
    public void A_shape_that_does_not_fit_in_memory_is_refused_before_anything_is_allocated()
    {
        using var buffer = new TensorBuffer();

        Assert.Throws<ArgumentException>(() => buffer.Reset(Datatype.FP64, [1L << 30]));
        Assert.Throws<ArgumentException>(() => buffer.Reset(Datatype.Int8, [-1]));
        Assert.Equal(0, buffer.Capacity);
    }

    [Fact]
    public void Elements_cannot_be_read_as_another_width()
    {
        using var buffer = new TensorBuffer();
        buffer.Reset(Datatype.FP32, [1]);

        Assert.Throws<InvalidOperationException>(() => buffer.AsSpan<double>().Length);
    }
}
