var MARITAL = {10: 'Never married', 20: "Married", 30: 'Widowed', 40: 'Divorced'};
const politics = [{ value: '01', text: '中共党员' }, { value: '02', text: '中共预备党员' }, { value: '03', text: '共青团员' }, { value: '13', text: '群众' }];
var colours = {red: '#f00', green: '#0f0', blue: '#00f'};
