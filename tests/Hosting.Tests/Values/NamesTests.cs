using Platform.Hosting.Values;

namespace Platform.Hosting.Tests.Values;

public sealed class NamesTests
{
    [Theory]
    [InlineData("0.0,1.0", "1", 1)]
    [InlineData("0.0,1.0", "true", 1)]
    [InlineData("0,1", "1.0", 1)]
    [InlineData("1,0", "true", 0)]
    [InlineData("False,True", "true", 1)]
    [InlineData("True,False", "1", 0)]
    [InlineData("good,bad", "bad", 1)]
    [InlineData("good,bad", "0", 0)]
    [InlineData("good,bad", "1.0", 1)]
    [InlineData("good,bad", "True", 1)]
    [InlineData("good,bad", "2", null)]
    [InlineData("good,bad", "-1", null)]
    [InlineData("good,bad", "0.5", null)]
    [InlineData("red,green,blue", "2", 2)]
    [InlineData("red,green,blue", "true", null)]
    [InlineData("1,2,3", "0", null)]
    [InlineData("007,7", "7", 1)]
    [InlineData("007,7", "007", 0)]
    [InlineData("9007199254740992,9007199254740993", "9007199254740993.0", 1)]
    public void A_class_is_found_by_its_name_by_its_number_or_by_its_place(string classes, string text, int? place) =>
        Assert.Equal(place, new ClassNames(classes.Split(',')).Find(text));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0", 0)]
    [InlineData(null, 1)]
    public void The_positive_class_may_be_written_in_any_notation(string? positive, int place) =>
        Assert.Equal(place, new ClassNames(["0.0", "1.0"], positive).PositiveIndex);

    [Fact]
    public void True_means_the_positive_one_of_two_words()
    {
        var names = new ClassNames(["bad", "good"], "bad");

        Assert.Equal((0, 1), (names.Find("true"), names.Find("false")));
    }

    [Theory]
    [InlineData("1.1", 0)]
    [InlineData("1.10", 1)]
    [InlineData("1.100", null)]
    public void Names_of_one_normal_form_are_found_by_their_spelling(string text, int? place) =>
        Assert.Equal(place, new NameList(["1.1", "1.10"]).Find(text));

    [Fact]
    public void A_category_is_no_yes_or_no() => Assert.Null(new NameList(["car", "tv"]).Find("true"));

    [Theory]
    [InlineData("a,b,a", "a", "a")]
    [InlineData("1,2,1.0", "1", "1.0")]
    [InlineData("true,1", "true", "1")]
    public void Names_that_mean_the_same_are_twins(string names, string one, string other) =>
        Assert.Equal((one, other), NameList.FindTwins(names.Split(',')));

    [Fact]
    public void Codes_and_numbers_are_no_twins() => Assert.Null(NameList.FindTwins(["007", "7", "a", "A"]));
}
