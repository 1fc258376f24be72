package stock

const (
	prefix     = "shop"
	stockTopic = prefix + ".stock"
)
